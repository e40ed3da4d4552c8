package org.aula.kernel.postgres;

/// How PostgreSQL plans statements whose best plan depends on their values.
public final class CustomPlan {

    /// Put into a statement that reads, it makes PostgreSQL plan it for its values each time
    /// (`plan_cache_mode = force_custom_plan`).
    ///
    /// For searches by words: a rare word is looked up in the index of words, a frequent one while walking
    /// the index of the order, and only with the word at hand does PostgreSQL know which it is. A generic
    /// plan would also take the words of the text apart for each row anew.
    public static final String MARK = " /* custom plan */";

    private CustomPlan() {}
}
