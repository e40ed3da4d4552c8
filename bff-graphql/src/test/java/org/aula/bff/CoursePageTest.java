package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import java.util.Map;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.ListReviewsRequest;
import org.aula.api.courses.v1.ListReviewsResponse;
import org.aula.api.courses.v1.Review;
import org.aula.api.courses.v1.ReviewOrder;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the screens ask for takes few calls, however large it is.
@Tag("fast")
class CoursePageTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    private static final String COURSE_PAGE = """
            query CoursePage($id: ID!) {
              course(id: $id) {
                title
                price { formatted }
                instructor { displayName }
                myEnrollment { progressPercentage lessonProgress { lessonId status } }
                sections { title lessons { id title type duration myProgress { status } } }
              }
            }
            """;

    @Test
    void aCourseOfAThousandLessonsTakesFiveCalls() {
        var answer = GATEWAY.ask(COURSE_PAGE, Map.of("id", TestGateway.id("Course", "course")), TestGateway.token());

        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(GATEWAY.requests()).hasSize(5);
        assertThat(answer.at("/extensions/grpcCalls").asInt()).isEqualTo(5);
        var sections = answer.at("/data/course/sections");
        assertThat(sections)
                .hasSize(50)
                .allSatisfy(section -> assertThat(section.path("lessons")).hasSize(20));
        assertThat(sections.at("/0/lessons/0/myProgress/status").asText()).isEqualTo("COMPLETED");
        assertThat(sections.at("/0/lessons/1/myProgress").isNull()).isTrue();
        assertThat(sections.at("/0/lessons/1/duration").asText()).isEqualTo("PT1M30S");
        assertThat(answer.at("/data/course/price/formatted").asText()).isEqualTo("€19.99");
    }

    @Test
    void withItsReviewsAndTheirAuthorsItTakesSeven() {
        GATEWAY.answer(
                ListReviewsRequest.class,
                request -> ListReviewsResponse.newBuilder()
                        .addAllReviews(IntStream.range(0, request.getPageSize())
                                .mapToObj(number -> Review.newBuilder()
                                        .setId(TestGateway.uuid("review" + number))
                                        .setUserId(TestGateway.uuid("learner" + number))
                                        .setRating(4)
                                        .build())
                                .toList())
                        .addAllItemTokens(IntStream.range(0, request.getPageSize())
                                .mapToObj(number -> "token" + number)
                                .toList())
                        .build());
        var page = COURSE_PAGE.replace(
                "sections {",
                "reviews(first: 100, orderBy: HELPFUL, rating: 4) { nodes { rating author { displayName } } } sections {");

        var answer = GATEWAY.ask(page, Map.of("id", TestGateway.id("Course", "course")), TestGateway.token());

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/course/reviews/nodes")).hasSize(100);
        assertThat(answer.at("/data/course/reviews/nodes/99/author/displayName").asText())
                .isEqualTo("Ada Lovelace");
        assertThat(GATEWAY.requests()).hasSize(7);
        var asked = GATEWAY.request(ListReviewsRequest.class);
        assertThat(asked.getOrderBy()).isEqualTo(ReviewOrder.REVIEW_ORDER_HELPFUL);
        assertThat(asked.getRating()).isEqualTo(4);
    }

    @Test
    void longListsOfWhatTakesACallEachEndAtTheMostCalls() {
        var query = "{ course(slug: \"x\") { title sections%s { lessons { content { pages { key } } } } } }";

        var all = GATEWAY.ask(query.formatted(""));
        assertThat(GATEWAY.requests()).hasSize(400);
        assertThat(all.at("/extensions/grpcCalls").asInt()).isEqualTo(400);
        assertThat(all.at("/data/course/title").asText()).isEqualTo("A course");
        assertThat(all.at("/data/course/sections/0/lessons/0/content/pages")).hasSize(1);
        assertThat(all.path("errors")).hasSize(1_003 - 400).allSatisfy(error -> {
            assertThat(error.at("/extensions/code").asText()).isEqualTo("INVALID_ARGUMENT");
            assertThat(error.at("/extensions/reason").asText()).isEqualTo("TOO_COSTLY");
            assertThat(error.path("message").asText()).contains("400", "'first'");
        });

        GATEWAY.forget();
        var few = GATEWAY.ask(query.formatted("(first: 10)"));
        assertThat(few.has("errors")).as(few.path("errors").toString()).isFalse();
        assertThat(GATEWAY.requests()).hasSize(3 + 10 * 20);
    }

    @Test
    void aMutationThatHasNoCallLeftIsATopLevelError() {
        var answer = GATEWAY.askSignedIn("mutation { a: createCourse(input: {title: \"A\"}) { course { sections {"
                + " lessons { content { pages { key } } } } } }"
                + " b: createCourse(input: {title: \"B\"}) { course { id } userErrors { code } } }");

        assertThat(answer.at("/data/b").isNull())
                .as(answer.at("/data/b").toString())
                .isTrue();
        assertThat(answer.path("errors")).anySatisfy(error -> {
            assertThat(error.at("/path/0").asText()).isEqualTo("b");
            assertThat(error.at("/extensions/reason").asText()).isEqualTo("TOO_COSTLY");
        });
    }

    @Test
    void aVisitorHasNoEnrollmentAndNobodyIsAskedForOne() {
        var answer = GATEWAY.ask(COURSE_PAGE, Map.of("id", TestGateway.id("Course", "course")), null);

        assertThat(answer.at("/data/course/myEnrollment").isNull()).isTrue();
        assertThat(GATEWAY.requests()).hasSize(4);
        assertThat(GATEWAY.headers())
                .noneMatch(headers ->
                        headers.containsKey(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
    }

    @Test
    void aPageOfTheCatalogTakesTwoCalls() {
        var answer = GATEWAY.ask(
                "{ courses(first: 100) { nodes { title instructor { displayName } } edges { cursor } pageInfo { hasNextPage endCursor } } }");

        assertThat(answer.at("/data/courses/nodes")).hasSize(100);
        assertThat(answer.at("/data/courses/pageInfo/endCursor").asText()).isEqualTo("token99");
        assertThat(answer.at("/data/courses/pageInfo/hasNextPage").asBoolean()).isTrue();
        assertThat(GATEWAY.requests()).hasSize(2);
    }

    @Test
    void whatAMutationGivesIsJoinedLikeAQuery() {
        var course = "{ course { id instructor { displayName } myEnrollment { id } sections { title } } }";
        var answer = GATEWAY.askSignedIn("mutation { a: createCourse(input: {title: \"A\"}) " + course
                + " b: createCourse(input: {title: \"B\"}) " + course + " }");

        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(answer.at("/data/b/course/instructor/displayName").asText()).isEqualTo("Ada Lovelace");
        assertThat(answer.at("/data/b/course/sections")).hasSize(50);
        assertThat(GATEWAY.requests()).hasSize(8);
    }

    @Test
    void allAssetsOfALessonComeByOneCall() {
        var answer = GATEWAY.ask("""
                query Lesson($id: ID!) {
                  node(id: $id) {
                    ... on Lesson {
                      content {
                        pages {
                          blocks {
                            __typename
                            ... on HtmlBlock { html source }
                            ... on VideoBlock { asset { url } transcripts { languageCode asset { url } } }
                            ... on MediaBlock { asset { url } }
                          }
                        }
                      }
                    }
                  }
                }
                """, Map.of("id", TestGateway.id("Lesson", "lesson")), null);

        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        assertThat(GATEWAY.requests()).hasSize(3);
        var blocks = answer.at("/data/node/content/pages/0/blocks");
        assertThat(blocks.at("/0/html").asText())
                .contains("https://files.example/" + TestGateway.uuid("picture") + "?a=1&amp;b=2")
                .contains("aula-asset:" + TestGateway.uuid("missing"));
        assertThat(blocks.at("/1/transcripts/0/asset/url").asText()).contains(TestGateway.uuid("transcript"));
        assertThat(blocks.at("/2/asset/url").asText()).contains(TestGateway.uuid("media"));
    }
}
