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
import org.aula.api.courses.v1.SectionServiceGrpc;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.EnrollmentFields;
import org.jspecify.annotations.Nullable;

/// Courses, sections and prices.
public final class CourseFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("Course", Course.class)
                .value(
                        "tags",
                        course -> course.getTagsList().stream()
                                .map(TagView::uncounted)
                                .toList())
                .value("averageRating", course -> course.getReviewCount() == 0 ? null : course.getAverageRating());
        addJoins(wiring);
        addSection(wiring);
        wiring.type("Money", Money.class)
                .fetch(
                        "formatted",
                        (money, environment) -> Prices.format(money, Wiring.<String>required(environment, "locale")));
        wiring.node("Course", Loader.COURSES);
        CourseQueries.addTo(wiring);
        Facets.addTo(wiring);
    }

    private static void addJoins(Wiring wiring) {
        wiring.type("Course", Course.class)
                .load("instructor", Loader.USER_SUMMARIES, Course::getInstructorId)
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
                .load("activity", Loader.COURSE_ACTIVITIES, Course::getId);
    }

    private static void addSection(Wiring wiring) {
        wiring.node("Section", SectionServiceGrpc.getGetSectionMethod(), "section_id");
        wiring.type("Section", Section.class)
                .load("course", Loader.COURSES, Section::getCourseId)
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
