// goal = given, or goal += given where ADD; four values a thread.
struct Sizes { count: u32, across: u32 }
@group(0) @binding(#) var<storage, read> given: array<f32>;
@group(0) @binding(#) var<storage, read_write> goal: array<f32>;
@group(0) @binding(#) var<uniform> sizes: Sizes;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let start = (id.x + id.y * sizes.across) * 4u;
  for (var i = start; i < min(start + 4u, sizes.count); i++) {
    //#if ADD
    goal[i] += given[i];
    //#else
    goal[i] = given[i];
    //#end
  }
}
