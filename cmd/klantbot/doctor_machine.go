package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/prompts/openai"
	"klantbot/storage/sqlite"
)

// leastFree is what a disk should have room for beside copies of the database: a
// journal, and a file that somebody imports.
const leastFree = 200 << 20

// disk looks whether there is room for the database twice over, which is what an
// import of everything, a backup or a restore may take.
func (x *examination) disk() {
	const name = "disk"
	path := x.dsn()
	if isPostgres(path) {
		x.warn(name, "doctor.disk_postgres", "doctor.todo_disk_postgres", false, nil)
		return
	}
	free, known := freeOn(filepath.Dir(path))
	if !known {
		x.warn(name, "doctor.disk_unknown", "doctor.todo_disk", false, nil)
		return
	}
	var size int64
	for _, file := range []string{path, path + "-wal"} {
		if info, err := os.Stat(file); err == nil {
			size += info.Size()
		}
	}
	wanted := 2*size + leastFree
	args := analysis.Args{"free": free >> 20, "size": size >> 20, "wanted": wanted >> 20}
	if free < wanted {
		x.fail(name, "doctor.disk_full", "doctor.todo_disk", args)
		return
	}
	x.say(name, "doctor.disk", args)
}

// oldBackup is the age at which a nightly backup was missed.
const oldBackup = 36 * time.Hour

// backups opens and checks the newest file in folder that is not hidden.
func (x *examination) backups(folder string) {
	const name = "backups"
	if folder == "" {
		x.warn(name, "doctor.backups_unknown", "doctor.todo_backups", false, nil)
		return
	}
	path, at, err := newestIn(folder)
	args := analysis.Args{"folder": folder, "path": path, "hours": hours(at)}
	switch {
	case err != nil:
		x.fail(name, "doctor.backups_unread", "doctor.todo_backup_folder", args)
		return
	case path == "":
		x.fail(name, "doctor.backups_none", "doctor.todo_backup", args)
		return
	}
	sealed := isSealed(path)
	if !sealed && !isDumped(path) {
		content, err := sqlite.Inspect(x.ctx, path)
		if err != nil {
			x.broken(name, err, "doctor.todo_backup")
			return
		}
		args["clients"] = content.Rows["client"]
	} else {
		args["clients"] = "?"
	}
	if wallTime().Sub(at) > oldBackup {
		x.fail(name, "doctor.backups_old", "doctor.todo_backup", args)
		return
	}
	if sealed {
		x.warn(name, "doctor.backups_sealed", "doctor.todo_backup_sealed", true, args)
		return
	}
	x.say(name, "doctor.backups", args)
}

// newestIn finds the file in folder that was written last; "" where there is none.
func newestIn(folder string) (path string, at time.Time, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", at, err
	}
	for _, e := range entries {
		info, err := e.Info()
		beside := strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), "-wal") || strings.HasSuffix(e.Name(), "-shm")
		if err != nil || beside || info.Mode().Type() != fs.FileMode(0) {
			continue
		}
		if info.ModTime().After(at) {
			path, at = filepath.Join(folder, e.Name()), info.ModTime()
		}
	}
	return path, at, nil
}

// zone holds the office's zone, with its summer time, against what is known of it.
func (x *examination) zone() {
	const name = "zone"
	place, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		x.fail(name, "doctor.zone_absent", "doctor.todo_zone", nil)
		return
	}
	for month, want := range map[time.Month]int{time.January: 1, time.July: 2} {
		if _, east := time.Date(2026, month, 1, 12, 0, 0, 0, place).Zone(); east != want*3600 {
			x.fail(name, "doctor.zone_wrong", "doctor.todo_zone", nil)
			return
		}
	}
	x.say(name, "doctor.zone", nil)
}

// model asks the configured endpoint whether it is there.
func (x *examination) model() {
	const name = "model"
	e, err := configuredEndpoint()
	if err != nil {
		x.broken(name, err, "doctor.todo_model")
		return
	}
	if e.host == "" {
		x.say(name, "doctor.model_none", nil)
		return
	}
	status, err := openai.Reach(x.ctx, e.baseURL, e.key)
	args := analysis.Args{"host": e.host, "status": status}
	switch {
	case err != nil:
		x.fail(name, "doctor.model_away", "doctor.todo_model", args)
	case status == 401 || status == 403:
		x.fail(name, "doctor.model_key", "doctor.todo_model_key", args)
	case status >= 500 || status == 429 || status/100 == 3:
		x.fail(name, "doctor.model_ill", "doctor.todo_model", args)
	default:
		x.say(name, "doctor.model", args)
	}
}
