package org.aula.bff.access;

import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.Partner;
import org.aula.api.auth.v1.PartnerServiceGrpc;
import org.aula.bff.engine.Wiring;
import org.aula.bff.users.UserView;
import org.aula.bff.users.Viewer;

/// Roles, permissions, and what they amount to for a person; partners.
public final class AccessFields implements Wiring.Part {

    @Override
    public void addTo(Wiring wiring) {
        wiring.call("roles", AccessServiceGrpc.getListRolesMethod());
        wiring.find("role", AccessServiceGrpc.getGetRoleMethod());
        wiring.call("permissions", AccessServiceGrpc.getListPermissionsMethod());
        wiring.call("checkPermission", AccessServiceGrpc.getCheckPermissionMethod());
        wiring.type("PermissionCheck", CheckPermissionResponse.class);
        var access = AccessServiceGrpc.getGetUserAccessMethod();
        wiring.type("Viewer", Viewer.class).find("access", access, "user_id", Viewer::userId);
        wiring.type("User", UserView.class).find("access", access, "user_id", UserView::id);
        wiring.page("partners", PartnerServiceGrpc.getListPartnersMethod());
        wiring.type("Partner", Partner.class).value("clientId", Partner::getId);
    }
}
