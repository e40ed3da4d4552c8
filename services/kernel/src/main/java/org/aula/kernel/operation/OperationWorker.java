package org.aula.kernel.operation;

/// Does one kind of long work. Every bean of this type can be asked for by [Operations#start].
///
/// A run that a crash ended is begun again from its start, so what a run makes must be found and taken
/// back, or made idempotently.
public interface OperationWorker {

    /// What it does, such as `courses.import`.
    String kind();

    /// Does the work. Ends well by returning; a [org.aula.kernel.error.ServiceException] tells the owner
    /// why not, any other failure says that it was ours.
    void run(OperationRun run) throws Exception;

    /// Takes back what a run that failed or was cancelled, or that a crash ended, had made.
    void undo(OperationRun run) throws Exception;
}
