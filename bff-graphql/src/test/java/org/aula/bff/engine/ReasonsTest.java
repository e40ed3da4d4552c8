package org.aula.bff.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.aula.api.options.v1.Options;
import org.aula.bff.backend.Contract;
import org.aula.kernel.contract.ContractFiles;
import org.junit.jupiter.api.Test;

/// What the reasons of the contract are about.
class ReasonsTest {

    @Test
    void aReasonOfTwoDomainsIsAboutTheFieldOfItsOwn() {
        assertThat(Reasons.about("aula.content.v1", "QUOTA_EXCEEDED")).containsExactly("size_bytes", "asset_id");
        assertThat(Reasons.about("aula.grades.v1", "TOO_MANY")).containsExactly("submission_id");
        assertThat(Reasons.about("aula.courses.v1", "TOO_MANY")).containsExactly("course_id", "section_id");
        assertThat(Reasons.about("aula.assignments.v1", "TOO_MANY")).containsExactly("course_id", "quiz_id", "bank_id");
        assertThat(Reasons.about("aula.courses.v1", "LESSON_PREREQUISITE_MISSING"))
                .isEmpty();
        assertThat(Reasons.about("aula.enrollments.v1", "LESSON_PREREQUISITE_MISSING"))
                .containsExactly("lesson_id");
        assertThat(Reasons.about("aula.enrollments.v1", "PREREQUISITE_MISSING"))
                .containsExactly("course_id", "waitlist_entry_id");
    }

    @Test
    void aReasonMayBeCommonOrPassedOn() {
        assertThat(Reasons.about("aula.courses.v1", "ETAG_MISMATCH")).containsExactly("etag");
        assertThat(Reasons.about("aula.users.v1", "EMAIL_TAKEN")).contains("user_id");
        assertThat(Reasons.about("aula.users.v1", "SOMETHING_NEW")).isEmpty();
    }

    @Test
    void whatAReasonIsAboutIsAFieldOfSomeRequest() {
        var wrong = new ArrayList<String>();
        for (var reasons : ContractFiles.enums()) {
            var domain = Contract.domain(reasons.getFullName());
            for (var reason : reasons.getValues()) {
                for (var field : reason.getOptions().getExtension(Options.about)) {
                    var isThere = ContractFiles.services("aula.").stream()
                            .filter(service ->
                                    domain.equals("common") || domain.equals(Contract.domain(service.getFullName())))
                            .flatMap(service -> service.getMethods().stream())
                            .anyMatch(method -> InputPaths.exists(method.getInputType(), field));
                    if (!isThere) {
                        wrong.add(reason.getFullName() + ": " + field);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
