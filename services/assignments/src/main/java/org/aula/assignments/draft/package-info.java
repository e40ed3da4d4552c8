/// Quizzes and question banks as authors edit them, before a version is published.
@NullMarked
package org.aula.assignments.draft;

import org.jspecify.annotations.NullMarked;
