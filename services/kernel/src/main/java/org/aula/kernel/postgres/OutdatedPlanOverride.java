package org.aula.kernel.postgres;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/// Keeps a connection whose statements a migration has outdated: [Session] has them prepared anew. By itself
/// the pool closes a connection after any 0A000, and the work that is to be run again had none.
///
/// The pool makes it by the name in `application.yml`.
public final class OutdatedPlanOverride implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException refused) {
        return SqlFailures.isPlanOutdated(refused) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}
