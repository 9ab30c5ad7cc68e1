// Package storetest proves every promise that package storage makes, for any
// store. An engine's own test hands Run its opener; what only one engine has
// (paths, servers, migrations) is tested beside that engine.
package storetest
