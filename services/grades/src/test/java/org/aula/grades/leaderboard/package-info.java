@NullMarked
package org.aula.grades.leaderboard;

import org.jspecify.annotations.NullMarked;
