package org.aula.bff.enrollments;

import com.google.protobuf.ByteString;
import java.util.Map;
import org.aula.api.enrollments.v1.AddEnrollmentListPartRequest;
import org.aula.api.enrollments.v1.CreateEnrollmentListRequest;
import org.aula.api.enrollments.v1.EnrollmentList;
import org.aula.api.enrollments.v1.RunEnrollmentListRequest;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.aula.bff.engine.Mutation;
import org.aula.bff.engine.Values;
import org.aula.bff.engine.Wiring;

/// Many enrollments at once, out of a CSV.
public final class EnrollmentListFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.type("EnrollmentList", EnrollmentList.class)
                .value("id", list -> GlobalId.of("EnrollmentList", list.getId()))
                .fetch(
                        "course",
                        (list, environment) -> list.getCourseId().isEmpty()
                                ? null
                                : Loader.COURSES.load(environment, list.getCourseId()))
                .value("waivePrerequisites", EnrollmentList::getWaivePrerequisites)
                .value("partCount", EnrollmentList::getPartCount)
                .value("sizeBytes", EnrollmentList::getSizeBytes)
                .value("createTime", list -> Values.time(list.getCreateTime()));
        wiring.mutation(new Mutation<>(
                "createEnrollmentList",
                CreateEnrollmentListRequest.getDefaultInstance(),
                input -> CreateEnrollmentListRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setCourseId(input.id("courseId", "Course"))
                        .setWaivePrerequisites(input.flag("waivePrerequisites"))
                        .build(),
                (request, message) -> request.enrollmentLists().createEnrollmentList(message),
                answer -> Map.of("list", answer.getList())));
        wiring.mutation(new Mutation<>(
                "addEnrollmentListPart",
                AddEnrollmentListPartRequest.getDefaultInstance(),
                input -> AddEnrollmentListPartRequest.newBuilder()
                        .setEnrollmentListId(input.id("enrollmentListId", "EnrollmentList"))
                        .setNumber(input.number("number"))
                        .setCsv(ByteString.copyFromUtf8(input.text("csv")))
                        .build(),
                (request, message) -> request.enrollmentLists().addEnrollmentListPart(message),
                answer -> Map.of("list", answer.getList())));
        wiring.mutation(new Mutation<>(
                "runEnrollmentList",
                RunEnrollmentListRequest.getDefaultInstance(),
                input -> RunEnrollmentListRequest.newBuilder()
                        .setRequestId(input.requestId())
                        .setEnrollmentListId(input.id("enrollmentListId", "EnrollmentList"))
                        .setDryRun(input.flag("dryRun"))
                        .build(),
                (request, message) -> request.enrollmentLists().runEnrollmentList(message),
                answer -> Map.of("operation", answer.getOperation())));
    }
}
