package org.aula.content.asset;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.content.v1.ErrorReason;
import org.aula.kernel.error.Errors;

/// How much each user keeps and may keep. Counted in the transaction of what changes it, so that it is never
/// exceeded, and never lost, whatever happens at once or crashes.
@Singleton
final class Quotas {

    private final QuotaRepository quotas;
    private final long usualLimit;

    Quotas(QuotaRepository quotas, QuotaSettings settings) {
        this.quotas = quotas;
        this.usualLimit = settings.quotaBytes();
    }

    /// What a user keeps and may keep, in bytes.
    record Quota(UUID ownerId, long usedBytes, long limitBytes, long assetCount) {}

    Quota find(UUID ownerId) {
        var row = quotas.find(ownerId).orElse(new QuotaRepository.Row(0, 0, null));
        var limit = row.limitBytes() == null ? usualLimit : row.limitBytes();
        return new Quota(ownerId, row.usedBytes(), limit, row.assetCount());
    }

    /// @param bytes what a file counts; 0 when it does not
    /// @throws org.aula.kernel.error.ServiceException QUOTA_EXCEEDED
    void take(UUID ownerId, long bytes) {
        if (bytes > 0 && !quotas.take(ownerId, bytes, usualLimit)) {
            var quota = find(ownerId);
            throw Errors.of(
                    Code.RESOURCE_EXHAUSTED,
                    ErrorReason.ERROR_REASON_QUOTA_EXCEEDED,
                    "there is no room for it; delete something or ask for more",
                    Map.of(
                            "used_bytes", Long.toString(quota.usedBytes()),
                            "limit_bytes", Long.toString(quota.limitBytes())));
        }
    }

    /// @param bytes what a file counted; 0 when it did not
    void giveBack(UUID ownerId, long bytes) {
        if (bytes > 0) {
            quotas.giveBack(ownerId, bytes);
        }
    }

    void setLimit(UUID ownerId, long limitBytes) {
        quotas.setLimit(ownerId, limitBytes);
    }
}
