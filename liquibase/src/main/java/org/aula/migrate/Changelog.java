package org.aula.migrate;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/// One changelog applied to one schema or database by Liquibase, without its talk on the console.
///
/// @param file path of the changelog on the class path
/// @param parameters what its `${…}` mean
/// @param demo whether change sets of the context `demo` are applied
record Changelog(String file, Map<String, String> parameters, boolean demo) {

    // Liquibase applies every context when it is told none.
    private static final String EVERYWHERE = "everywhere";
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        System.setProperty("liquibase.analytics.enabled", "false");
        System.setProperty("liquibase.showBanner", "false");
        LIQUIBASE.setLevel(Level.WARNING);
    }

    /// Applies what is not yet applied, then looks whether anything is left.
    ///
    /// @return the number of change sets that were applied
    int update(Database database) {
        return with(database, liquibase -> {
            int before = liquibase
                    .listUnrunChangeSets(contexts(), new LabelExpression())
                    .size();
            if (before == 0) {
                return 0;
            }
            liquibase.update(contexts(), new LabelExpression());
            int left = liquibase
                    .listUnrunChangeSets(contexts(), new LabelExpression())
                    .size();
            if (left > 0) {
                throw new MigrationException(file + " left " + left + " change sets that were not applied");
            }
            return before;
        });
    }

    /// Takes back everything that was applied, the last first.
    ///
    /// @return the number of change sets that were taken back
    int rollback(Database database) {
        return with(database, liquibase -> {
            int applied = (int) liquibase.getChangeSetStatuses(contexts(), new LabelExpression()).stream()
                    .filter(status -> status.getPreviouslyRan())
                    .count();
            liquibase.rollback(applied, contexts(), new LabelExpression());
            return applied;
        });
    }

    private Contexts contexts() {
        return demo ? new Contexts(EVERYWHERE, "demo") : new Contexts(EVERYWHERE);
    }

    private <T> T with(Database database, Work<T> work) {
        try {
            return Scope.child(Map.of(Scope.Attr.ui.name(), new LoggerUIService()), () -> {
                Liquibase liquibase = new Liquibase(file, new ClassLoaderResourceAccessor(), database);
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                parameters.forEach(liquibase::setChangeLogParameter);
                return work.with(liquibase);
            });
        } catch (MigrationException e) {
            throw e;
        } catch (Exception e) {
            throw new MigrationException(file + " " + parameters + ": " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Liquibase liquibase) throws LiquibaseException;
    }
}
