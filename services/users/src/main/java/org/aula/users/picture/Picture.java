package org.aula.users.picture;

import java.util.UUID;

/// What `content` says of an asset.
///
/// @param isReady whether its bytes are there
/// @param isPublic whether everyone may see it
record Picture(UUID ownerId, boolean isReady, boolean isImage, boolean isPublic) {}
