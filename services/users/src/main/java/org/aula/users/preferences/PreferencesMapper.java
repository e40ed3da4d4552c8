package org.aula.users.preferences;

import org.aula.api.users.v1.UpdateUserPreferencesRequest;
import org.aula.api.users.v1.UserPreferences;
import org.aula.kernel.time.Times;
import org.aula.users.input.Mask;

/// Preferences to and from messages.
public final class PreferencesMapper {

    private PreferencesMapper() {}

    public static UserPreferences toProto(Preferences preferences) {
        var choices = preferences.choices();
        return UserPreferences.newBuilder()
                .setUserId(preferences.userId().toString())
                .setEmailNotifications(choices.emailNotifications())
                .setMarketingEmails(choices.marketingEmails())
                .setPushNotifications(choices.pushNotifications())
                .setCourseReminders(choices.courseReminders())
                .setWeeklyProgressEmail(choices.weeklyProgressEmail())
                .setUpdateTime(Times.timestamp(preferences.updatedAt()))
                .setEtag(Long.toString(preferences.version()))
                .build();
    }

    /// What an update makes of the choices.
    public static Preferences.Choices choices(Preferences.Choices before, UpdateUserPreferencesRequest request) {
        var mask = Mask.of(request.getUpdateMask());
        return new Preferences.Choices(
                mask.choose("email_notifications", request::getEmailNotifications, before.emailNotifications()),
                mask.choose("marketing_emails", request::getMarketingEmails, before.marketingEmails()),
                mask.choose("push_notifications", request::getPushNotifications, before.pushNotifications()),
                mask.choose("course_reminders", request::getCourseReminders, before.courseReminders()),
                mask.choose("weekly_progress_email", request::getWeeklyProgressEmail, before.weeklyProgressEmail()));
    }
}
