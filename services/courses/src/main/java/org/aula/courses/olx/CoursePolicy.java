package org.aula.courses.olx;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/// `policies/<run>/policy.json`: attributes that Open edX keeps apart from the elements they belong to.
final class CoursePolicy {
    private final JsonObject policy;

    private CoursePolicy(JsonObject policy) {
        this.policy = policy;
    }

    static CoursePolicy empty() {
        return new CoursePolicy(new JsonObject());
    }

    static CoursePolicy read(CourseFiles files, String run, SkipList skipped) {
        Optional<ArchiveFile> file = files.find("policies/" + run + "/policy.json");
        if (file.isEmpty()) {
            return empty();
        }
        Optional<JsonObject> policy = Json.object(files.text(file.get()));
        if (policy.isEmpty()) {
            skipped.add(file.get().name(), "", SkipReason.MALFORMED);
        }
        return new CoursePolicy(policy.orElseGet(JsonObject::new));
    }

    Optional<String> attribute(String tag, String urlName, String attribute) {
        return value(tag, urlName, attribute).flatMap(Json::string);
    }

    /// The same of what may also be a number or a truth.
    Optional<String> scalar(String tag, String urlName, String attribute) {
        return value(tag, urlName, attribute).flatMap(Json::scalar);
    }

    private Optional<JsonElement> value(String tag, String urlName, String attribute) {
        JsonElement entry = policy.get(tag + "/" + urlName);
        if (entry == null || !entry.isJsonObject()) {
            return Optional.empty();
        }
        return Optional.ofNullable(entry.getAsJsonObject().get(attribute));
    }
}
