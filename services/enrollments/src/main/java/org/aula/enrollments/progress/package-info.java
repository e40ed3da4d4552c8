/// How learners get on: streams of heartbeats, notes and steps.
@NullMarked
package org.aula.enrollments.progress;

import org.jspecify.annotations.NullMarked;
