package main

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// letPagesGo takes the pages of the program and its libraries off what this process
// holds, where they are what stands in their files: the machine still has them in its
// cache, and the first use maps them again in a microsecond. A start, and looking at a
// whole office, go through much code that is not needed afterwards, and the kernel maps
// sixteen pages around each that is touched; nothing else ever takes them off. It is
// best effort: what can not be read stays as it is.
func letPagesGo() {
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, m := range filePages(maps) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.at, m.size, syscall.MADV_DONTNEED)
	}
}

// mapped is one mapping of this process: an address and bytes.
type mapped struct{ at, size uintptr }

// filePages are the mappings of smaps, as /proc has it, that are of a file, can not be
// written and have no page that differs from it: what the dynamic linker changed before
// it closed a mapping to writing would be lost.
func filePages(smaps []byte) (all []mapped) {
	var m mapped
	lines := bufio.NewScanner(bytes.NewReader(smaps))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) > 1 && strings.HasSuffix(fields[0], ":"):
			if fields[0] == "Anonymous:" && fields[1] == "0" && m.size > 0 {
				all = append(all, m)
			}
		case len(fields) > 5 && strings.HasPrefix(fields[5], "/") && strings.HasPrefix(fields[1], "r") && fields[1][1] == '-' && fields[1][3] == 'p':
			m = span(fields[0])
		default:
			m = mapped{}
		}
	}
	return all
}

// span reads the addresses of a mapping, 400000-403000; nothing where they are none.
func span(addresses string) mapped {
	from, to, _ := strings.Cut(addresses, "-")
	at, err := strconv.ParseUint(from, 16, 64)
	end, err2 := strconv.ParseUint(to, 16, 64)
	if err != nil || err2 != nil || end < at {
		return mapped{}
	}
	return mapped{uintptr(at), uintptr(end - at)}
}
