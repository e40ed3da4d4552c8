package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.aula.api.courses.v1.Course;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.CreateCourseRequest;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which words find a course, among the courses of one author.
class CatalogSearchTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser author = campus.author();

    @Test
    void aWordThatIsCutBehindADotIsAWord() {
        var word = "a".repeat(199);
        publish(Campus.aCourse("Cut").setFullDescription("<p>" + word + ".net</p>"));
        assertThat(search(word)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            Machine learning, machine-learning
            Machine-learning, machine learning
            eLearning, e-learning
            e learning, e-learning
            elearning, e-learning
            e learning, elearning
            E-Learning-Plattform, elearning
            TCP IP, tcp/ip
            TCP/IP, tcp ip
            TCP/IP, tcpip
            Node.js, nodejs
            Node.js, node js
            Python3, python 3
            Python 3, python3
            JavaScript, java script
            HTMLParser, html parser
            C++ for all, c++
            C/C++, c++
            Ｃ＋＋, c++
            C#.NET, c#
            ASP.NET, .net
            .NET, net
            R&D, r&d
            The end, the
            Vins de la Loire, de la
            The end, the -
            L’histoire, histoire
            Don't, dont
            Café, CAFE
            Straße, STRASSE
            København, kobenhavn
            Введение в Софью, СОФЬЮ
            Русская ёлка, елка
            Εισαγωγή στους σοφούς, ΣΟΦΟΥΣ
            العَرَبِيَّة للمبتدئين, العربية
            עִבְרִית, עברית
            機器學習入門, 學習
            機器學習入門, 門
            Pythonで学ぶ, 学ぶ python
            ディープ・ラーニング, ディープラーニング
            한국어를 배우자, 한국어
            การเขียนโปรแกรม, โปรแกรม
            हिन्दी सॉफ्टवेयर, सॉफ्टवेयर
            Machine learning, machine lear
            C# programming, c# programing
            The history of the world, the histroy of the world
            """)
    void finds(String title, String text) {
        assertThat(search(title, text)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            C# for all, c++
            C++ for all, c#
            C for all, c++
            C++ for all, c
            A net of friends, .net
            C# programming, c++ programing
            機器學習入門, 習學
            Machine learning, -
            Machine learning, "- /"
            Vins de la Loire, the -
            The end, the -x
            Hello/World, a/b
            """)
    void doesNotFind(String title, String text) {
        assertThat(search(title, text)).isEmpty();
    }

    /// Whatever a text is, it is found by itself as far as it has any word.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "quoted 'text' \\ and : * & | ! ( ) <-> more",
                ".a-.b..c/d",
                "1+1=2 C+ A++ #tag @home",
                "PDFs of iOSApps v2.0.1-beta",
                "e\u0301t\u00e9 naïve",
                "日本語テキスト・ABC한글ไทย",
            })
    void everyTextFindsItself(String title) {
        assertThat(search(title, title)).hasSize(1);
    }

    @Test
    void findsByTheDescriptionsAsTheyAreRead() {
        var word = "zyx" + Campus.newId().substring(0, 8);
        publish(Campus.aCourse("First")
                .setFullDescription("<p>All of <b>C++</b> and H<sub>2</sub>O, " + word + "</p>"));
        publish(Campus.aCourse("Second").setShortDescription("About " + word));
        assertThat(search(word)).hasSize(2);
        assertThat(search("c++")).hasSize(1);
        assertThat(search("h2o")).hasSize(1);
        assertThat(search("sub")).as("a tag's name").isEmpty();
    }

    @Test
    void aBlankTextIsNone() {
        publish(Campus.aCourse("First"));
        assertThat(search("  ")).hasSize(1);
    }

    @Test
    void typingErrorsAreForgivenUntilEnoughIsWrittenSo() {
        publish(Campus.aCourse("Photography for beginners"));
        publish(Campus.aCourse("Photograhpy of birds"));
        assertThat(search("photograhpy")).as("one is written so").hasSize(2);
        IntStream.range(0, 9).forEach(number -> publish(Campus.aCourse("Photograhpy " + number)));
        assertThat(search("photograhpy")).as("ten are written so").hasSize(10);
    }

    /// Of the service's own login: row-level policies would keep these operators out of index conditions.
    @Test
    void isServedByIndexes() {
        var plan = platform.superuser().inTransaction(handle -> {
            handle.execute("SET LOCAL ROLE courses");
            handle.execute("SET LOCAL search_path = courses, public");
            handle.execute("SET LOCAL enable_seqscan = off");
            return handle.createQuery("""
                            EXPLAIN SELECT id FROM courses
                            WHERE search @@ search_query('machine-learning') OR title %>> 'machine-learning'
                            """).mapTo(String.class).list();
        });
        assertThat(String.join("\n", plan))
                .contains("Bitmap Index Scan on courses_search", "Bitmap Index Scan on courses_title_similar");
    }

    private List<Course> search(String title, String text) {
        publish(Campus.aCourse(title));
        return search(text);
    }

    private List<Course> search(String text) {
        return campus.courses(author)
                .listCourses(ListCoursesRequest.newBuilder()
                        .setFilter(CourseFilter.newBuilder()
                                .setInstructorId(author.id().toString())
                                .setText(text))
                        .build())
                .getCoursesList();
    }

    private void publish(CreateCourseRequest.Builder request) {
        var draft = campus.courses(author).createCourse(request.build()).getCourse();
        campus.lesson(author, campus.section(author, draft, "Section"), "Lesson");
        campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(draft.getId())
                        .build());
        campus.publish(draft);
    }
}
