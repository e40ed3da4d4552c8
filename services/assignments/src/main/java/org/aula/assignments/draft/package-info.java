/// Quizzes and question banks as authors edit them, before a version is published. Questions and draws stand
/// on these, and `quiz` and `bank` on all of them: together with these they would be a cycle.
@NullMarked
package org.aula.assignments.draft;

import org.jspecify.annotations.NullMarked;
