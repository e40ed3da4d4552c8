/// Who has the most points in a course.
@NullMarked
package org.aula.grades.leaderboard;

import org.jspecify.annotations.NullMarked;
