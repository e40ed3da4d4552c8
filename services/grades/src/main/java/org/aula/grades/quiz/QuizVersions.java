package org.aula.grades.quiz;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.grades.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;

/// Published versions of quizzes. Since they never change, those used last are kept: 2,000 learners who
/// begin the same quiz read it once.
@Singleton
public final class QuizVersions {

    /// A version has 3 MiB at most, most have a hundredth of it.
    private static final int KEPT = 100;

    private record Key(UUID quizId, int version) {}

    private final QuizVersionRepository repository;
    private final Cache<Key, QuizVersion> kept =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    QuizVersions(QuizVersionRepository repository) {
        this.repository = repository;
    }

    /// A quiz that was published, withdrawn ones too.
    public Optional<PublishedQuiz> find(UUID quizId) {
        return repository.find(quizId);
    }

    /// As [#find].
    ///
    /// @throws ServiceException NOT_FOUND with QUIZ_NOT_FOUND
    public PublishedQuiz require(UUID quizId) {
        return find(quizId).orElseThrow(QuizVersions::notFound);
    }

    /// A version that exists.
    public QuizVersion get(UUID quizId, int version) {
        var key = new Key(quizId, version);
        var known = kept.getIfPresent(key);
        if (known != null) {
            return known;
        }
        var document = repository
                .findDocument(quizId, version)
                .orElseThrow(() -> new IllegalStateException("no version " + version + " of quiz " + quizId));
        var quizVersion = QuizVersionMapper.fromBytes(document);
        kept.put(key, quizVersion);
        return quizVersion;
    }

    /// NOT_FOUND with QUIZ_NOT_FOUND.
    public static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_QUIZ_NOT_FOUND, "quiz not found");
    }
}
