package org.aula.bff.schema;

import java.util.List;
import org.aula.bff.access.AccessFields;
import org.aula.bff.accounts.AccountFields;
import org.aula.bff.accounts.SecurityFields;
import org.aula.bff.analytics.AuditFields;
import org.aula.bff.assignments.FileAssignmentFields;
import org.aula.bff.assignments.QuestionFields;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.content.AssetFields;
import org.aula.bff.courses.CategoryFields;
import org.aula.bff.courses.CourseFields;
import org.aula.bff.courses.TagFields;
import org.aula.bff.engine.Wiring;
import org.aula.bff.enrollments.CertificateFields;
import org.aula.bff.enrollments.EnrollmentFields;
import org.aula.bff.enrollments.ProgressFields;
import org.aula.bff.enrollments.WaitlistFields;
import org.aula.bff.grades.AttemptFields;
import org.aula.bff.grades.GradebookFields;
import org.aula.bff.grades.GradingFields;
import org.aula.bff.grades.SubmissionFields;
import org.aula.bff.lessons.LessonFields;
import org.aula.bff.notifications.DeliveryFields;
import org.aula.bff.operations.OperationFields;
import org.aula.bff.reviews.ReviewFields;
import org.aula.bff.users.UserFields;

/// What the domains say of the schema beyond the contract's names.
public final class SchemaParts {

    /// The parts of all domains.
    public static final List<Wiring.Part> ALL = List.of(
            new AccountFields(),
            new SecurityFields(),
            new UserFields(),
            new AccessFields(),
            new CourseFields(),
            new CategoryFields(),
            new TagFields(),
            new ReviewFields(),
            new LessonFields(),
            new AssetFields(),
            new EnrollmentFields(),
            new WaitlistFields(),
            new ProgressFields(),
            new CertificateFields(),
            new QuizFields(),
            new QuestionFields(),
            new FileAssignmentFields(),
            new AttemptFields(),
            new GradingFields(),
            new GradebookFields(),
            new SubmissionFields(),
            new OperationFields(),
            new AuditFields(),
            new DeliveryFields());

    private SchemaParts() {}
}
