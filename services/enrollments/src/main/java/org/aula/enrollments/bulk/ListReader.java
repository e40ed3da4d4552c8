package org.aula.enrollments.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Reads the lines of a CSV one after the other, whatever its size.
final class ListReader implements AutoCloseable {

    private static final String USER_ID = "user_id";
    private static final String EMAIL = "email";
    private static final String COURSE_ID = "course_id";
    private static final String EXPIRES_AT = "expires_at";
    private static final int MAX_VALUE = 254;
    private static final String NO_CSV =
            "this is no CSV in UTF-8: a quote is not closed, or something stands behind one that is";

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    /// Reads the names of the columns.
    ///
    /// @param namesCourses whether the lines must say the course
    /// @throws ServiceException LIST_INVALID with `place`
    ListReader(InputStream csv, boolean namesCourses) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            this.parser = CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .setSkipHeaderRecord(true)
                    .setIgnoreHeaderCase(true)
                    .setIgnoreEmptyLines(true)
                    .setTrim(true)
                    .get()
                    .parse(new InputStreamReader(csv, decoder));
        } catch (CharacterCodingException broken) {
            throw invalid("line 1", NO_CSV);
        } catch (IllegalArgumentException broken) {
            throw invalid("line 1", "the first line must name each column once");
        }
        var names = parser.getHeaderMap();
        if (!names.containsKey(USER_ID) && !names.containsKey(EMAIL)) {
            throw invalid("line 1", "the first line names neither a column user_id nor a column email");
        }
        if (namesCourses && !names.containsKey(COURSE_ID)) {
            throw invalid("line 1", "the first line names no column course_id, and the list is not for one course");
        }
        this.records = parser.iterator();
    }

    /// The next lines.
    ///
    /// @return at most so many; empty at the end
    /// @throws ServiceException LIST_INVALID with `place`
    List<ListLine> next(int most) {
        var lines = new ArrayList<ListLine>();
        try {
            while (lines.size() < most && records.hasNext()) {
                lines.add(line(records.next()));
            }
            return lines;
        } catch (UncheckedIOException | IllegalStateException broken) {
            throw invalid("line " + parser.getCurrentLineNumber(), NO_CSV);
        }
    }

    private ListLine line(CSVRecord row) {
        return new ListLine(
                parser.getCurrentLineNumber(),
                value(row, USER_ID),
                value(row, EMAIL),
                value(row, COURSE_ID),
                value(row, EXPIRES_AT));
    }

    private static String value(CSVRecord row, String column) {
        if (!row.isSet(column)) {
            return "";
        }
        var value = row.get(column);
        return value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
    }

    private static ServiceException invalid(String location, String message) {
        return Errors.invalid(
                ErrorReason.ERROR_REASON_LIST_INVALID,
                message + " (" + location + ")",
                List.of(Errors.violation("enrollment_list_id", message)),
                Map.of("location", location));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
