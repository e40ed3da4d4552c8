package org.aula.courses.course;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CountCoursesRequest;
import org.aula.api.courses.v1.CountCoursesResponse;
import org.aula.api.courses.v1.FacetCount;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.ListCoursesResponse;
import org.aula.kernel.error.Errors;

/// Questions about the catalog out of messages, and its answers as messages and bytes.
final class CatalogMapper {

    private static final String DEFAULT_CURRENCY = "USD";

    private CatalogMapper() {}

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with VALIDATION_FAILED
    static CourseFilter filter(org.aula.api.courses.v1.CourseFilter filter) {
        return new CourseFilter(
                CourseMapper.id(filter.getCategoryId()),
                CourseMapper.id(filter.getInstructorId()),
                filter.getLevelValue() == 0 ? null : CourseMapper.fromProto(filter.getLevel()),
                filter.getLanguageCode(),
                filter.getFreeOnly(),
                filter.getStatusValue() == 0 ? null : status(filter.getStatus()),
                filter.getText().strip(),
                filter.getTagIdsList().stream().map(UUID::fromString).toList(),
                prices(filter),
                hundredths(filter.getRatingFrom()),
                filter.getFeaturedOnly());
    }

    static CourseQuery.Order order(org.aula.api.courses.v1.CourseOrder order) {
        return switch (order) {
            case COURSE_ORDER_UNSPECIFIED, COURSE_ORDER_NEWEST, UNRECOGNIZED -> CourseQuery.Order.NEWEST;
            case COURSE_ORDER_TITLE -> CourseQuery.Order.TITLE;
            case COURSE_ORDER_PRICE -> CourseQuery.Order.PRICE;
            case COURSE_ORDER_PRICE_DESCENDING -> CourseQuery.Order.PRICE_DESCENDING;
            case COURSE_ORDER_POPULAR -> CourseQuery.Order.POPULAR;
            case COURSE_ORDER_RATING -> CourseQuery.Order.RATING;
        };
    }

    /// What a list of this order compares a course by, see [CourseQuery.Order].
    static List<String> sortKey(CourseQuery.Order order, org.aula.api.courses.v1.Course course) {
        return switch (order) {
            case NEWEST -> List.of(course.getId());
            case TITLE -> CourseRepository.SORTED.cursor(course.getId(), course.getTitle());
            case PRICE, PRICE_DESCENDING ->
                List.of(Long.toString(course.getPrice().getAmountMinor()), course.getId());
            case POPULAR -> List.of(Long.toString(course.getEnrollmentCount()), course.getId());
            case RATING ->
                List.of(
                        Integer.toString(hundredths(course.getAverageRating())),
                        Long.toString(course.getReviewCount()),
                        course.getId());
        };
    }

    /// A course as visitors see it.
    static byte[] toBytes(Course course) {
        return forVisitors(course).toByteArray();
    }

    static org.aula.api.courses.v1.Course course(byte[] bytes) {
        try {
            return org.aula.api.courses.v1.Course.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a course does not parse", broken);
        }
    }

    /// Rows of a list as visitors see them.
    static byte[] toBytes(List<Course> courses) {
        return ListCoursesResponse.newBuilder()
                .addAllCourses(courses.stream().map(CatalogMapper::forVisitors).toList())
                .build()
                .toByteArray();
    }

    static List<org.aula.api.courses.v1.Course> courses(byte[] bytes) {
        try {
            return ListCoursesResponse.parseFrom(bytes).getCoursesList();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a list of courses does not parse", broken);
        }
    }

    static CountCoursesResponse toProto(CourseCounts counts) {
        return CountCoursesResponse.newBuilder()
                .setTotal(counts.of(CourseCounts.Facet.TOTAL))
                .setFree(counts.of(CourseCounts.Facet.FREE))
                .addAllCategories(messages(counts.byMost(CourseCounts.Facet.CATEGORY)))
                .addAllTags(messages(counts.byMost(CourseCounts.Facet.TAG)))
                .addAllLevels(messages(counts.byMost(CourseCounts.Facet.LEVEL)))
                .addAllLanguages(messages(counts.byMost(CourseCounts.Facet.LANGUAGE)))
                .addAllRatings(messages(counts.byValue(CourseCounts.Facet.RATING)))
                .build();
    }

    static byte[] toBytes(CourseCounts counts) {
        return toProto(counts).toByteArray();
    }

    static CountCoursesResponse counts(byte[] bytes) {
        try {
            return CountCoursesResponse.parseFrom(bytes);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("counts do not parse", broken);
        }
    }

    /// A list's question, the same for all who ask the same: tokens are sealed anew each time, what is in
    /// them is not.
    ///
    /// @param after what the request's token says
    static byte[] question(ListCoursesRequest request, List<String> after, int size) {
        return canonical(request.toBuilder()
                .setPageToken(String.join("\n", after))
                .setPageSize(size)
                .setWithItemTokens(false)
                .build());
    }

    static byte[] question(CountCoursesRequest request) {
        return canonical(request);
    }

    /// The name keeps questions of different methods apart.
    private static byte[] canonical(Message request) {
        var bytes = new ByteArrayOutputStream();
        var stream = CodedOutputStream.newInstance(bytes);
        stream.useDeterministicSerialization();
        try {
            stream.writeStringNoTag(request.getDescriptorForType().getName());
            request.writeTo(stream);
            stream.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static org.aula.api.courses.v1.Course forVisitors(Course course) {
        return CourseMapper.toProto(course).toBuilder().clearReturnReason().build();
    }

    private static List<FacetCount> messages(List<CourseCounts.Row> rows) {
        return rows.stream()
                .map(row -> FacetCount.newBuilder()
                        .setValue(row.value())
                        .setCount(row.courses())
                        .build())
                .toList();
    }

    private static CourseFilter.PriceRange prices(org.aula.api.courses.v1.CourseFilter filter) {
        if (filter.hasPriceToMinor() && filter.getPriceToMinor() < filter.getPriceFromMinor()) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    "filter.price_to_minor",
                    "must not be below price_from_minor");
        }
        return new CourseFilter.PriceRange(
                filter.getPriceFromMinor(),
                filter.hasPriceToMinor() ? filter.getPriceToMinor() : null,
                filter.getPriceCurrencyCode().isEmpty() ? DEFAULT_CURRENCY : filter.getPriceCurrencyCode());
    }

    /// Rounded up in decimals, so that 4.1 asks for 410 and not, as in binary, for what is just below.
    private static int hundredths(double rating) {
        return BigDecimal.valueOf(rating)
                .movePointRight(2)
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    private static CourseStatus status(org.aula.api.courses.v1.CourseStatus status) {
        return CourseStatus.valueOf(status.name().substring("COURSE_STATUS_".length()));
    }
}
