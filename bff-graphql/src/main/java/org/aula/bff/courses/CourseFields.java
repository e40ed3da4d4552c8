package org.aula.bff.courses;

import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.LessonList;
import org.aula.api.courses.v1.Section;
import org.aula.api.courses.v1.SectionList;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.EnrollmentFields;
import org.jspecify.annotations.Nullable;

/// Courses, sections and prices.
public final class CourseFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        addCourse(wiring);
        addJoins(wiring);
        addSection(wiring);
        wiring.type("Money", Money.class)
                .value("amountMinor", Money::getAmountMinor)
                .value("currencyCode", Money::getCurrencyCode)
                .fetch(
                        "formatted",
                        (money, environment) -> Prices.format(money, Wiring.<String>required(environment, "locale")));
        wiring.node("Course", (id, environment) -> Loader.COURSES.load(environment, id));
        CourseQueries.addTo(wiring);
        Facets.addTo(wiring);
        CourseMutations.addTo(wiring);
        CourseStateMutations.addTo(wiring);
        OutlineMutations.addTo(wiring);
    }

    private static void addCourse(Wiring wiring) {
        wiring.type("Course", Course.class)
                .value("id", course -> GlobalId.of("Course", course.getId()))
                .value("title", Course::getTitle)
                .value("slug", Course::getSlug)
                .value("shortDescription", Course::getShortDescription)
                .value("fullDescription", Course::getFullDescription)
                .value("trailerVideoUrl", course -> Values.text(course.getTrailerVideoUrl()))
                .value("price", Course::getPrice)
                .value("originalPrice", course -> course.hasOriginalPrice() ? course.getOriginalPrice() : null)
                .value("featured", Course::getFeatured)
                .value("maxStudents", course -> course.getMaxStudents() == 0 ? null : course.getMaxStudents())
                .value(
                        "tags",
                        course -> course.getTagsList().stream()
                                .map(TagView::uncounted)
                                .toList())
                .value("averageRating", course -> course.getReviewCount() == 0 ? null : course.getAverageRating())
                .value("reviewCount", Course::getReviewCount)
                .value("returnReason", course -> Values.text(course.getReturnReason()))
                .value("level", course -> Values.name(course.getLevel()))
                .value("languageCode", Course::getLanguageCode)
                .value("status", course -> Values.name(course.getStatus()))
                .value("estimatedDurationHours", Course::getEstimatedDurationHours)
                .value("requirements", Course::getRequirementsList)
                .value("learningObjectives", Course::getLearningObjectivesList)
                .value("targetAudience", Course::getTargetAudienceList)
                .value("enrollmentCount", Course::getEnrollmentCount)
                .value("createTime", course -> Values.time(course.getCreateTime()))
                .value("updateTime", course -> Values.time(course.getUpdateTime()))
                .value("publishTime", course -> Values.time(course.getPublishTime()))
                .value("etag", Course::getEtag);
    }

    private static void addJoins(Wiring wiring) {
        wiring.type("Course", Course.class)
                .fetch(
                        "instructor",
                        (course, environment) -> Loader.USER_SUMMARIES.load(environment, course.getInstructorId()))
                .fetch(
                        "category",
                        (course, environment) -> course.getCategoryId().isEmpty()
                                ? null
                                : Loader.CATEGORIES
                                        .load(environment, Loader.ALL)
                                        .thenApply(tree -> tree.find(course.getCategoryId())))
                .fetch(
                        "thumbnail",
                        (course, environment) -> course.getThumbnailAssetId().isEmpty()
                                ? null
                                : Loader.DOWNLOADS
                                        .load(environment, course.getThumbnailAssetId())
                                        .thenApply(found -> found == null ? null : found.getAsset()))
                .fetch("prerequisites", CourseFields::prerequisites)
                .fetch(
                        "sections",
                        (course, environment) -> Loader.SECTIONS
                                .load(environment, course.getId())
                                .thenApply(CourseFields::orEmpty)
                                .thenApply(SectionList::getSectionsList))
                .fetch(
                        "sectionCount",
                        (course, environment) -> Loader.SECTIONS
                                .load(environment, course.getId())
                                .thenApply(CourseFields::orEmpty)
                                .thenApply(SectionList::getTotal))
                .fetch("myEnrollment", (course, environment) -> EnrollmentFields.mine(course.getId(), environment))
                .fetch("activity", (course, environment) -> Loader.COURSE_ACTIVITIES.load(environment, course.getId()));
    }

    private static void addSection(Wiring wiring) {
        wiring.type("Section", Section.class)
                .value("id", section -> GlobalId.of("Section", section.getId()))
                .value("title", Section::getTitle)
                .value("description", Section::getDescription)
                .value("sortOrder", Section::getSortOrder)
                .value("etag", Section::getEtag)
                .fetch(
                        "lessons",
                        (section, environment) -> Loader.LESSONS
                                .load(environment, section.getId())
                                .thenApply(CourseFields::orEmpty)
                                .thenApply(LessonList::getLessonsList))
                .fetch(
                        "lessonCount",
                        (section, environment) -> Loader.LESSONS
                                .load(environment, section.getId())
                                .thenApply(CourseFields::orEmpty)
                                .thenApply(LessonList::getTotal));
    }

    private static CompletableFuture<List<Course>> prerequisites(Course course, DataFetchingEnvironment environment) {
        var loads = course.getPrerequisiteCourseIdsList().stream()
                .map(id -> Loader.COURSES.load(environment, id))
                .toList();
        return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
                .thenApply(done -> loads.stream()
                        .map(CompletableFuture::join)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static SectionList orEmpty(@Nullable SectionList list) {
        return list == null ? SectionList.getDefaultInstance() : list;
    }

    private static LessonList orEmpty(@Nullable LessonList list) {
        return list == null ? LessonList.getDefaultInstance() : list;
    }
}
