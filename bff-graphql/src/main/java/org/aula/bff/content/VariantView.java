package org.aula.bff.content;

import org.aula.api.content.v1.AssetVariant;

/// A smaller picture, and of which file.
record VariantView(String assetId, AssetVariant variant) {}
