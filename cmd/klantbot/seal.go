package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// sealer keeps secrets in the database so that the database, or a backup of it, does
// not give them away: AES-256-GCM with a key that stands outside it, and the
// secret's name bound to it, so that none can be put in another's place.
type sealer struct{ aead cipher.AEAD }

// newSealer reads KLANTBOT_KEY: 32 bytes in base64 or hexadecimal.
func newSealer() (sealer, error) {
	text, err := needed("KLANTBOT_KEY")
	if err != nil {
		return sealer{}, err
	}
	key, err := hex.DecodeString(text)
	if err != nil {
		plain := strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(text), "=")
		key, err = base64.RawStdEncoding.DecodeString(plain)
	}
	if err != nil || len(key) != 32 {
		return sealer{}, analysis.Fail(analysis.Invalid, "config.key", nil) // never the cause: it may quote the key
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return sealer{aead}, err
}

// sealed is how a secret stands in its setting.
type sealed struct {
	Sealed []byte `json:"sealed"` // nonce, ciphertext, tag
}

func secretSetting(name string) string { return "secret/" + name }

// keep stores secret under name.
func (s sealer) keep(ctx context.Context, db *sqlstore.DB, name, secret string, at time.Time) error {
	key := secretSetting(name)
	before, err := db.Setting(ctx, key)
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		return fmt.Errorf("read what was sealed: %w", err)
	}
	// #nosec G407 -- no nonce is given: this AEAD draws one and puts it first (cipher.NewGCMWithRandomNonce)
	value, err := json.Marshal(sealed{s.aead.Seal(nil, nil, []byte(secret), []byte(key))})
	if err != nil {
		return err
	}
	err = db.Write(ctx, func(tx storage.Tx) error {
		return tx.Set(ctx, storage.Setting{Key: key, Version: before.Version, Value: value, At: at})
	})
	if err != nil {
		return fmt.Errorf("keep what was sealed: %w", err)
	}
	return nil
}

// open returns the secret kept under name, or "" where there is none. With another
// key than it was sealed with it is an error that says so.
func (s sealer) open(ctx context.Context, db *sqlstore.DB, name string) (string, error) {
	key := secretSetting(name)
	kept, err := db.Setting(ctx, key)
	if analysis.KindOf(err) == analysis.NotFound && err != nil {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read what was sealed: %w", err)
	}
	var value sealed
	if err := json.Unmarshal(kept.Value, &value); err != nil {
		return "", errors.New("what was sealed can not be read")
	}
	secret, err := s.aead.Open(nil, nil, value.Sealed, []byte(key))
	if err != nil {
		return "", analysis.Fail(analysis.Invalid, "config.other_key", nil)
	}
	return string(secret), nil
}
