package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"klantbot/analysis"
)

// A backup may leave the office, so it can be sealed for who keeps the key: age's
// format (age-encryption.org/v1), which also the age program opens.

// sealedMark is how a file of age's begins.
const sealedMark = "age-encryption.org/v1\n"

// recipients reads public keys (age1...), given as such or as files with one a line.
func recipients(given []string) ([]age.Recipient, error) {
	var all []age.Recipient
	for _, r := range given {
		text := r
		if !strings.HasPrefix(r, "age1") {
			raw, err := os.ReadFile(r)
			if err != nil {
				return nil, analysis.Fail(analysis.Invalid, "backup.recipient", analysis.Args{"recipient": r})
			}
			text = string(raw)
		}
		some, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, analysis.Fail(analysis.Invalid, "backup.recipient", analysis.Args{"recipient": r})
		}
		all = append(all, some...)
	}
	return all, nil
}

// identities reads the secret keys in file.
func identities(file string) ([]age.Identity, error) {
	raw, err := os.ReadFile(file)
	if err == nil {
		var all []age.Identity
		if all, err = age.ParseIdentities(bytes.NewReader(raw)); err == nil {
			return all, nil
		}
	}
	return nil, analysis.Fail(analysis.Invalid, "restore.identity", analysis.Args{"file": file}) // the cause may quote the key
}

// isSealed reports whether the file at path was sealed.
func isSealed(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(sealedMark))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == sealedMark
}

// sealFile writes plain, sealed for to, as path, which must not be there: whole or
// not at all.
func sealFile(plain, path string, to []age.Recipient) error {
	return written(path, func(w io.Writer) error {
		in, err := os.Open(plain)
		if err != nil {
			return err
		}
		defer in.Close()
		sealing, err := age.Encrypt(w, to...)
		if err != nil {
			return err
		}
		if _, err := io.Copy(sealing, in); err != nil {
			return err
		}
		return sealing.Close()
	})
}

// errNotOurs is a sealed file that none of the keys opens.
var errNotOurs = errors.New("sealed for somebody else")

// openSealed writes what is sealed in path to plain. Every byte was checked when it
// returns without an error: a changed file is one.
func openSealed(path, plain string, with []age.Identity) error {
	return written(plain, func(w io.Writer) error {
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		opened, err := age.Decrypt(bufio.NewReader(in), with...)
		if _, not := errors.AsType[*age.NoIdentityMatchError](err); not {
			return errNotOurs
		}
		if err != nil {
			return err
		}
		_, err = io.Copy(w, opened)
		return err
	})
}

// written makes the file at path, which only its owner may read, with what fill
// writes: under another name until it is whole and on the disk.
func written(path string, fill func(io.Writer) error) (err error) {
	part, err := os.CreateTemp(filepath.Dir(path), ".klantbot-*.part")
	if err != nil {
		return fmt.Errorf("begin file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = part.Close()
			_ = os.Remove(part.Name())
		}
	}()
	if err := fill(part); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return fmt.Errorf("finish file: %w", err)
	}
	// A link, unlike a rename, never takes the place of what is there; not every disk
	// has them.
	switch err := os.Link(part.Name(), path); {
	case err == nil:
		return os.Remove(part.Name())
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("place file: %w", err)
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return fmt.Errorf("place file: %w", err)
	}
	return nil
}
