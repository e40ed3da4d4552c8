#!/usr/bin/env bash
# How many rows a statement wrote, asked of a repository by an entity and by values.
. "$(dirname "$0")/lib.sh"
postgres
finding "Micronaut Data JDBC" 4.14.4 "a @Query that returns int answers the rows that the database says it wrote, whatever its parameters are"

sql "CREATE TABLE enrollment (id int PRIMARY KEY, course text); INSERT INTO enrollment VALUES (1, 'algebra')"
answers=$(micronaut_data <<'JAVA'
@MappedEntity
record Enrollment(@Id int id, String course) {}

@JdbcRepository(dialect = Dialect.POSTGRES)
interface EnrollmentRepository extends GenericRepository<Enrollment, Integer> {
    String INSERT = "INSERT INTO enrollment (id, course) VALUES (:id, :course) ON CONFLICT DO NOTHING";

    @Query(INSERT)
    int insert(int id, String course);

    @Query(INSERT)
    int insertEntity(Enrollment enrollment);

    @Query(INSERT)
    int insertEntities(List<Enrollment> enrollments);

    @Query("UPDATE enrollment SET course = :course WHERE id = :id")
    int updateEntity(Enrollment enrollment);

    @Query("DELETE FROM enrollment WHERE id = :id AND course = :course")
    int deleteEntity(Enrollment enrollment);
}

public class App {
    public static void main(String[] args) {
        try (var context = Database.open(args[0])) {
            var repository = context.getBean(EnrollmentRepository.class);
            System.out.println(repository.insert(1, "logic"));
            System.out.println(repository.insertEntity(new Enrollment(1, "logic")));
            System.out.println(repository.insertEntities(List.of(new Enrollment(1, "logic"), new Enrollment(2, "logic"))));
            System.out.println(repository.updateEntity(new Enrollment(99, "logic")));
            System.out.println(repository.deleteEntity(new Enrollment(99, "logic")));
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "INSERT … ON CONFLICT DO NOTHING of a row that is there, by values" 0 "$(answer 1)"
happens "the same by an entity" 1 "$(answer 2)"
happens "by two entities, one of them new" 2 "$(answer 3)"
happens "UPDATE of a row that is not there, by an entity" 1 "$(answer 4)"
happens "DELETE of a row that is not there, by an entity" 0 "$(answer 5)"
happens "what the table holds" "1 algebra, 2 logic" "$(sql "SELECT string_agg(id || ' ' || course, ', ' ORDER BY id) FROM enrollment")"
