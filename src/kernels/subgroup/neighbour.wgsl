// The matrix that a neighbour of the quad has, whose place in it differs from this thread's by m: across, down, diagonally. A part of kernels for
// subgroups of four threads. Which threads go on may depend on their number where the four of a quad always agree.
enable subgroups;
diagnostic(off, subgroup_uniformity);
fn neighbour(x: mat4x4<f32>, m: u32) -> mat4x4<f32> {
  if (m == 1u) { return mat4x4<f32>(quadSwapX(x[0]), quadSwapX(x[1]), quadSwapX(x[2]), quadSwapX(x[3])); }
  if (m == 2u) { return mat4x4<f32>(quadSwapY(x[0]), quadSwapY(x[1]), quadSwapY(x[2]), quadSwapY(x[3])); }
  if (m == 3u) { return mat4x4<f32>(quadSwapDiagonal(x[0]), quadSwapDiagonal(x[1]), quadSwapDiagonal(x[2]), quadSwapDiagonal(x[3])); }
  return x;
}
