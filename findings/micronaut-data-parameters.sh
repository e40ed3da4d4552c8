#!/usr/bin/env bash
# What reaches the statement of a @Query from a list, and from a value that happens to be named like a column's.
. "$(dirname "$0")/lib.sh"
postgres
finding "Micronaut Data JDBC" 4.14.4 "a parameter of a @Query is one parameter of the statement, and its value is the one that was given"

sql "CREATE TABLE course (id int PRIMARY KEY, code text); INSERT INTO course VALUES (1, 'ALGEBRA'), (2, 'LOGIC')"
answers=$(micronaut_data <<'JAVA'
@Singleton
class UpperCase implements AttributeConverter<String, String> {
    public String convertToPersistedValue(String code, ConversionContext context) {
        return code.toUpperCase(Locale.ROOT);
    }

    public String convertToEntityValue(String code, ConversionContext context) {
        return code;
    }
}

@MappedEntity
record Course(@Id int id, @TypeDef(type = DataType.STRING, converter = UpperCase.class) String code) {}

@JdbcRepository(dialect = Dialect.POSTGRES)
interface CourseRepository extends GenericRepository<Course, Integer> {
    @Query("SELECT CAST(:code AS text)")
    String echoCode(String code);

    @Query("SELECT CAST(:word AS text)")
    String echoWord(String word);

    @Query("SELECT id, code FROM course WHERE id IN (:ids)")
    List<Course> in(List<Integer> ids);

    @Query("SELECT id, code FROM course WHERE id = ANY(:ids)")
    List<Course> any(List<Integer> ids);
}

public class App {
    public static void main(String[] args) {
        try (var context = Database.open(args[0])) {
            var repository = context.getBean(CourseRepository.class);
            System.out.println(repository.echoWord("algebra"));
            System.out.println(repository.echoCode("algebra"));
            System.out.println(repository.in(List.of(1, 2)).size());
            for (var ids : List.of(List.of(1), List.of(1, 2))) {
                try {
                    System.out.println(repository.any(ids));
                } catch (DataAccessException refused) {
                    System.out.println(refused.getMessage().lines().findFirst().get().replace("Error executing SQL Query: ", ""));
                }
            }
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "a parameter named word, 'algebra'" algebra "$(answer 1)"
happens "one named code, like a property with a converter, in a statement without that column" ALGEBRA "$(answer 2)"
happens "rows of id IN (:ids)" 2 "$(answer 3)"
happens "id = ANY(:ids) with one id" \
    "SELECT id, code FROM course WHERE id = ANY(?) ERROR: op ANY/ALL (array) requires array on right side" "$(answer 4)"
happens "with two it is another statement" \
    'SELECT id, code FROM course WHERE id = ANY(?,?) ERROR: syntax error at or near ","' "$(answer 5)"
