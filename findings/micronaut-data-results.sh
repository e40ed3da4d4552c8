#!/usr/bin/env bash
# Two results of a @Query that compile and fail when they are asked for.
. "$(dirname "$0")/lib.sh"
postgres
finding "Micronaut Data JDBC" 4.14.4 "what a SELECT finds is returned, whatever lock it takes, and a bytea is a byte[]"

sql "CREATE TABLE document (id int PRIMARY KEY, content bytea); INSERT INTO document VALUES (1, '\x0102')"
answers=$(micronaut_data <<'JAVA'
@MappedEntity
record Document(@Id int id, byte[] content) {}

@JdbcRepository(dialect = Dialect.POSTGRES)
interface DocumentRepository extends GenericRepository<Document, Integer> {
    @Query("SELECT id, content FROM document WHERE id = :id")
    Optional<Document> find(int id);

    @Query("SELECT content FROM document WHERE id = :id")
    Optional<byte[]> findContent(int id);

    @Query("SELECT content FROM document WHERE id = :id")
    byte[] content(int id);

    @Query("SELECT id, content FROM document WHERE id = :id FOR UPDATE")
    Optional<Document> lock(int id);

    @Query("SELECT id, content FROM document WHERE id = :id FOR NO KEY UPDATE")
    Optional<Document> lockButKey(int id);
}

public class App {
    static void show(java.util.function.Supplier<Object> question) {
        try {
            System.out.println(question.get());
        } catch (DataAccessException refused) {
            System.out.println(refused.getMessage().replaceAll("value \\[.*?] to", "value to"));
        }
    }

    public static void main(String[] args) {
        try (var context = Database.open(args[0])) {
            var repository = context.getBean(DocumentRepository.class);
            show(() -> repository.find(1).get().content().length);
            show(() -> repository.findContent(1).get().length);
            show(() -> repository.content(1).length);
            show(() -> repository.lock(1).get().id());
            show(() -> repository.lockButKey(1).get().id());
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "bytes of a record" 2 "$(answer 1)"
happens "Optional<byte[]>" yes "$(answer 2 | grep -q 'target type: class java.lang.Byte' && echo yes || echo no)"
answer 2
happens "byte[]" yes "$(answer 3 | grep -q 'Bad value for type byte' && echo yes || echo no)"
answer 3
happens "FOR UPDATE" 1 "$(answer 4)"
happens "FOR NO KEY UPDATE is taken for a write" \
    "Error executing SQL UPDATE: A result was returned when none was expected." "$(answer 5)"
