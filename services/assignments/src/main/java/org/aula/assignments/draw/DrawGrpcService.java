package org.aula.assignments.draw;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.assignments.v1.CreateDrawRequest;
import org.aula.api.assignments.v1.CreateDrawResponse;
import org.aula.api.assignments.v1.DeleteDrawRequest;
import org.aula.api.assignments.v1.DeleteDrawResponse;
import org.aula.api.assignments.v1.DrawServiceHandler;
import org.aula.api.assignments.v1.GetDrawRequest;
import org.aula.api.assignments.v1.GetDrawResponse;
import org.aula.api.assignments.v1.UpdateDrawRequest;
import org.aula.api.assignments.v1.UpdateDrawResponse;
import org.aula.kernel.idempotency.Idempotency;

/// `aula.assignments.v1.DrawService`.
@Singleton
final class DrawGrpcService extends DrawServiceHandler {

    private final DrawService draws;
    private final Idempotency idempotency;

    DrawGrpcService(DrawService draws, Idempotency idempotency) {
        this.draws = draws;
        this.idempotency = idempotency;
    }

    @Override
    protected CreateDrawResponse createDraw(CreateDrawRequest request) {
        draws.requireAuthor(UUID.fromString(request.getQuizId()));
        return idempotency.run(
                request,
                CreateDrawResponse.parser(),
                () -> CreateDrawResponse.newBuilder()
                        .setDraw(DrawMapper.toProto(draws.create(DrawMapper.create(request))))
                        .build());
    }

    @Override
    protected GetDrawResponse getDraw(GetDrawRequest request) {
        var draw = draws.find(UUID.fromString(request.getDrawId()));
        return GetDrawResponse.newBuilder().setDraw(DrawMapper.toProto(draw)).build();
    }

    @Override
    protected UpdateDrawResponse updateDraw(UpdateDrawRequest request) {
        var draw = draws.update(
                UUID.fromString(request.getDrawId()), request.getEtag(), before -> DrawMapper.update(before, request));
        return UpdateDrawResponse.newBuilder().setDraw(DrawMapper.toProto(draw)).build();
    }

    @Override
    protected DeleteDrawResponse deleteDraw(DeleteDrawRequest request) {
        draws.delete(UUID.fromString(request.getDrawId()), request.getEtag());
        return DeleteDrawResponse.getDefaultInstance();
    }
}
