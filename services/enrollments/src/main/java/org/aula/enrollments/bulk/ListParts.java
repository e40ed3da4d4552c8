package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.stream.IntStream;
import org.aula.kernel.postgres.Database;

/// The bytes of a list, of which one part at a time is in memory.
@Singleton
final class ListParts {

    private final EnrollmentListRepository lists;
    private final Database database;

    ListParts(EnrollmentListRepository lists, Database database) {
        this.lists = lists;
        this.database = database;
    }

    /// Lines of a list from its first.
    ///
    /// @throws org.aula.kernel.error.ServiceException LIST_INVALID with `place`
    ListReader read(EnrollmentList list) throws IOException {
        var numbers = IntStream.rangeClosed(1, list.partCount()).iterator();
        return new ListReader(
                new SequenceInputStream(new Enumeration<InputStream>() {
                    @Override
                    public boolean hasMoreElements() {
                        return numbers.hasNext();
                    }

                    @Override
                    public InputStream nextElement() {
                        var number = numbers.next();
                        return new ByteArrayInputStream(database.query(
                                () -> lists.findPart(list.id(), number).orElseThrow()));
                    }
                }),
                list.courseId() == null);
    }
}
