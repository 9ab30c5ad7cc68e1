package analysis

import "sort"

// Sort puts list in the order of compare, which is below, above or equal to 0 as
// of cmp.Compare; equals keep their order. It is for lists a person reads: the
// compiler makes slices.SortStableFunc anew for each type, some 15 kB apiece, and
// the program promises to stay small. What ranks a whole office is sorted by
// slices.SortFunc, which is twice as fast.
func Sort[S ~[]E, E any](list S, compare func(a, b E) int) {
	sort.SliceStable(list, func(i, j int) bool { return compare(list[i], list[j]) < 0 })
}
