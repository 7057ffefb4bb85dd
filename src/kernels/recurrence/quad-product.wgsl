// The hidden product of a recurrence on a software adapter whose subgroups are four threads. Loading a value is what costs there, so the threads
// of a quad share: each loads 4·BLOCKS rows of the weights and its own sample of each of SETS sets of four, and the samples go round the quad.
// K is taken four at a time, CHUNKS times in one turn of the loop, because every accumulator is written once a turn.
// The source has `sizes`, `weight`: [FOURS, THREADS] of BLOCKS matrices, four rows by four of k, and `factors(row, four)`: four of k of a row
// [batch, time], written before a storage barrier. (Workgroup memory is set to zero value by value at the start, which takes seconds to compile.)
var<private> products: array<vec4<f32>, BLOCKS * SETS * 4u>; // [block, set, neighbour]: four rows, of the sample `lane ^ neighbour` of the set

// `first` is the workgroup's first sample; samples past the batch repeat the last one.
fn multiply(thread: u32, lane: u32, first: u32, time: u32) {
  //#repeat s SETS
  let row{s} = min(first + 4u * {s}u + lane, sizes.batch - 1u) * sizes.time + time;
  //#end
  //#repeat b BLOCKS
  //#repeat s SETS
  //#repeat m 4
  var p{b}_{s}_{m} = vec4<f32>();
  //#end
  //#end
  //#end
  for (var turn = 0u; turn < FOURS; turn += CHUNKS) {
    //#repeat h CHUNKS
    {
      //#repeat s SETS
      let x{s}_0 = factors(row{s}, turn + {h}u);
      let x{s}_1 = quadSwapX(x{s}_0);
      let x{s}_2 = quadSwapY(x{s}_0);
      let x{s}_3 = quadSwapDiagonal(x{s}_0);
      //#end
      let w = weight[(turn + {h}u) * THREADS + thread];
      //#repeat b BLOCKS
      //#repeat s SETS
      //#repeat m 4
      p{b}_{s}_{m} += w[{b}] * x{s}_{m};
      //#end
      //#end
      //#end
    }
    //#end
  }
  //#repeat b BLOCKS
  //#repeat s SETS
  //#repeat m 4
  products[({b}u * SETS + {s}u) * 4u + {m}u] = p{b}_{s}_{m};
  //#end
  //#end
  //#end
}
