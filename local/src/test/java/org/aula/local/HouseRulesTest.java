package org.aula.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Rules of the house that the compiler does not know.
@ArchTag("fast")
@AnalyzeClasses(packages = "org.aula", importOptions = ImportOption.DoNotIncludeTests.class)
final class HouseRulesTest {

    private static final String NAMES = String.join("|", Mesh.SERVICES);
    private static final String SERVICES = "org.aula.(" + NAMES + ")..";

    private static final DescribedPredicate<JavaClass> GENERATED_BUT_NO_ENUM = DescribedPredicate.describe(
            "generated messages and stubs", type -> type.getPackageName().startsWith("org.aula.api") && !type.isEnum());

    private static final DescribedPredicate<JavaClass> TRANSLATOR = DescribedPredicate.describe(
            "classes that translate",
            type -> outermost(type)
                    .getSimpleName()
                    .matches(".*(GrpcService|Mapper|Events|Streams|Consumer|Invalidation|Client|Import)"));

    private static final DescribedPredicate<JavaClass> DRIVER = DescribedPredicate.describe(
            "drivers of stores",
            type -> type.getPackageName()
                    .matches("(java\\.sql|com\\.mongodb|org\\.bson|com\\.clickhouse|software\\.amazon).*"));

    /// Also what the compiler's plugins write beside the classes, whose names begin with `$`.
    private static final DescribedPredicate<JavaClass> STORE = DescribedPredicate.describe(
            "classes that keep",
            type -> type.getName().contains(".$")
                    || outermost(type).getSimpleName().matches(".*(Repository|Store|Factory|Keys)"));

    @ArchTest
    static final ArchRule GENERATED_CODE_STAYS_AT_THE_RIM = noClasses()
            .that()
            .resideInAPackage(SERVICES)
            .and(DescribedPredicate.not(TRANSLATOR))
            .should()
            .dependOnClassesThat(GENERATED_BUT_NO_ENUM);

    @ArchTest
    static final ArchRule DRIVERS_STAY_WITH_THOSE_WHO_KEEP = noClasses()
            .that()
            .resideInAPackage(SERVICES)
            .and(DescribedPredicate.not(STORE))
            .should()
            .dependOnClassesThat(DRIVER);

    /// Statements are put together by repositories, and by what hands them its conditions.
    @ArchTest
    static final ArchRule SQL_STAYS_WITH_REPOSITORIES = noClasses()
            .that()
            .resideInAPackage(SERVICES)
            .and(DescribedPredicate.not(STORE))
            .and()
            .haveSimpleNameNotEndingWith("Conditions")
            .and()
            .haveSimpleNameNotEndingWith("Query")
            .and()
            .haveSimpleNameNotEndingWith("Viewer")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.aula.kernel.postgres.Sql");

    /// Transactions begin and end in the kernel, where the preamble and the statements that go with COMMIT
    /// are.
    @ArchTest
    static final ArchRule ONLY_THE_KERNEL_OPENS_TRANSACTIONS = noClasses()
            .that()
            .resideInAPackage(SERVICES)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("javax.sql.DataSource")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.micronaut.transaction..", "jakarta.transaction..", "io.micronaut.data.jdbc.runtime..");

    @ArchTest
    static final ArchRule SERVICES_KNOW_EACH_OTHER_BY_THE_CONTRACT_ONLY = slices().matching(
                    "org.aula.(" + NAMES + "|bff|migrate|edge)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule NOBODY_BLOCKS_ON_A_STUB = noClasses()
            .that()
            .resideOutsideOfPackage("org.aula.api..")
            .and()
            .resideOutsideOfPackage("org.aula.kernel.testing..")
            .should()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("BlockingStub")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameEndingWith("BlockingV2Stub");

    @ArchTest
    static final ArchRule HANDLERS_ARE_NOBODYS_BUSINESS =
            classes().that().haveSimpleNameEndingWith("GrpcService").should().notBePublic();

    /// They translate: use cases open transactions and ask who may.
    @ArchTest
    static final ArchRule HANDLERS_OPEN_NO_TRANSACTIONS_AND_ASK_NO_GUARD = noClasses()
            .that()
            .haveSimpleNameEndingWith("GrpcService")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.aula.kernel.postgres.Database")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.aula.courseaccess.CourseGuard");

    /// Over all modules: a package can be read, moved and tested without the one that uses it.
    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("org.aula.(*).(*)..").should().beFreeOfCycles();

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRulesTest::outermost).orElse(type);
    }
}
