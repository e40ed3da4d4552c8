package org.aula.grades;

import org.aula.grades.leaderboard.LeaderboardRebuild;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.service.ServiceProcess;

/// Makes the leaderboards of all courses anew out of the gradebooks, and says how long each became.
public final class RebuildLeaderboards {

    private RebuildLeaderboards() {}

    public static void main(String[] arguments) throws Exception {
        try (var context = ServiceProcess.beansOnly("grades", System.getenv())) {
            var rebuild = context.getBean(LeaderboardRebuild.class);
            var courses = CallScope.runAsService(
                    "grades",
                    "rebuild-leaderboards",
                    "",
                    () -> rebuild.run((courseId, learners) -> System.out.println(courseId + ": " + learners)));
            System.out.println(courses + " leaderboards");
        }
    }
}
