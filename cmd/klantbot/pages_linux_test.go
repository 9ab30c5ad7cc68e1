package main

import (
	"slices"
	"testing"
)

// TestFilePages: only what stands in its file as it is may be let go.
func TestFilePages(t *testing.T) {
	t.Parallel()
	const smaps = `00400000-00403000 r--p 00000000 fe:00 1 /usr/bin/klantbot
Size:                 12 kB
Anonymous:             0 kB
00403000-01259000 r-xp 00003000 fe:00 1 /usr/bin/klant bot
Anonymous:             0 kB
0208a000-0208d000 r--p 01c89000 fe:00 1 /usr/bin/klantbot
Anonymous:            12 kB
0208d000-021a4000 rw-p 01c8c000 fe:00 1 /usr/bin/klantbot
Anonymous:             0 kB
c000000000-c000400000 rw-p 00000000 00:00 0 
Anonymous:             0 kB
7f0000000000-7f0000008000 rw-s 00000000 fe:00 2 /office.db-shm
Anonymous:             0 kB
7f0000010000-7f0000018000 r--s 00000000 fe:00 2 /shared
Anonymous:             0 kB
7ffc00000000-7ffc00002000 r-xp 00000000 00:00 0                          [vdso]
Anonymous:             0 kB
`
	want := []mapped{{0x400000, 0x3000}, {0x403000, 0xe56000}}
	if got := filePages([]byte(smaps)); !slices.Equal(got, want) {
		t.Errorf("%x, want %x", got, want)
	}
}
