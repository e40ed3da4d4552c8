package org.aula.users.activity;

import org.aula.api.users.v1.RecordActivityRequest;
import org.aula.api.users.v1.UserActivity;
import org.aula.kernel.time.Times;
import org.aula.users.input.FreeJson;

/// Activities to and from messages.
public final class ActivityMapper {

    private static final int MAX_BYTES = 4 * 1024;

    private ActivityMapper() {}

    public static UserActivity toProto(Activity activity) {
        var deed = activity.deed();
        return UserActivity.newBuilder()
                .setId(activity.id().toString())
                .setUserId(activity.userId().toString())
                .setAction(deed.action())
                .setResourceType(deed.resourceType())
                .setResourceId(deed.resourceId())
                .setMetadata(FreeJson.message(deed.metadata()))
                .setIpAddress(activity.ipAddress())
                .setCreateTime(Times.timestamp(activity.createdAt()))
                .build();
    }

    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT when the metadata break their bounds
    public static Activity.Deed deed(RecordActivityRequest request) {
        return new Activity.Deed(
                request.getAction(),
                request.getResourceType(),
                request.getResourceId(),
                FreeJson.read(request.getMetadata(), "metadata", MAX_BYTES));
    }
}
