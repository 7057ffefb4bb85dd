// Gives every token its two slots: within an expert in the tokens' order. One thread walks one chunk of 64 tokens for one expert.
struct Sizes { tokens: u32, chunks: u32, tokensAt: u32, experts: u32 }
@group(0) @binding(0) var<storage, read> picks: array<u32>;             // [tokens] first expert + 256·second
@group(0) @binding(1) var<storage, read> before: array<u32>;            // [chunks, experts]
@group(0) @binding(2) var<storage, read> share: array<f32>;             // [tokens]
@group(0) @binding(3) var<storage, read_write> plan: array<u32>;        // see plan.wgsl
@group(0) @binding(4) var<storage, read_write> routes: array<u32>;      // [tokens, 4] picks, first slot, second slot, bits of share
@group(0) @binding(5) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let chunk = id.x / sizes.experts;
  let expert = id.x % sizes.experts;
  if (chunk >= sizes.chunks) { return; }
  var slot = plan[expert] + before[id.x];
  for (var token = chunk * 64u; token < min(chunk * 64u + 64u, sizes.tokens); token++) {
    let pick = picks[token];
    let isFirst = (pick & 255u) == expert;
    if (!isFirst && (pick >> 8u) != expert) { continue; }
    plan[sizes.tokensAt + slot] = token;
    if (isFirst) {
      routes[4u * token] = pick;
      routes[4u * token + 1u] = slot;
      routes[4u * token + 3u] = bitcast<u32>(share[token]);
    } else {
      routes[4u * token + 2u] = slot;
    }
    slot++;
  }
}
