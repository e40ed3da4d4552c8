package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.ServerAddress;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import org.aula.kernel.error.ErrorMapping;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a store says of itself passes; what it says of a command stays.
@Tag("fast")
final class ErrorMappingTest {

    private static final ServerAddress SERVER = new ServerAddress();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READONLY You can't write against a read only replica.",
                "MISCONF Errors writing to the AOF file",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "MASTERDOWN Link with MASTER is down",
                "BUSY Valkey is busy running a script."
            })
    void redisThatCannotWriteNowIsAway(String answer) {
        assertThat(ErrorMapping.isUnavailable(new RedisCommandExecutionException(answer)))
                .isTrue();
    }

    @Test
    void redisThatLoadsIsAway() {
        assertThat(ErrorMapping.isUnavailable(new RedisLoadingException("LOADING the dataset in memory")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRONGTYPE Operation against a key", "NOPERM no permissions", "BUSYGROUP there already"})
    void whatRedisSaysOfACommandStays(String answer) {
        assertThat(ErrorMapping.isPassing(new RedisCommandExecutionException(answer)))
                .isFalse();
    }

    @Test
    void mongoThatStepsDownIsAway() {
        var stepsDown = BsonDocument.parse("{ok: 0, code: 10107, errmsg: 'not primary'}");
        var marked = BsonDocument.parse(
                "{ok: 0, code: 91, errmsg: 'shutdown in progress', errorLabels: ['RetryableWriteError']}");

        assertThat(ErrorMapping.isUnavailable(new MongoNotPrimaryException(stepsDown, SERVER)))
                .isTrue();
        assertThat(ErrorMapping.isUnavailable(new MongoCommandException(marked, SERVER)))
                .isTrue();
    }

    @Test
    void whatMongoSaysOfADocumentStays() {
        var invalid = BsonDocument.parse("{ok: 0, code: 121, errmsg: 'Document failed validation'}");

        assertThat(ErrorMapping.isPassing(new MongoCommandException(invalid, SERVER)))
                .isFalse();
    }
}
