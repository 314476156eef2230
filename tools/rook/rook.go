// Package rook finds the sources of the releases of Rook whose object stores the library declares.
package rook

import (
	"path/filepath"

	"cdk8s-velero.invalid/tools/modules"
)

const module = "github.com/rook/rook"

// pins are the oldest minor that the library knows, the first whose users take keys from Secrets, and the newest, oldest first.
// The minors between add no field that is emitted: what a definition accepts, those of all later minors accept.
var pins = []modules.Pinned{
	{Version: "1.12.11", Sum: "h1:ZWon9SZWdGOWmWecjMjyuL26b4u9P6ouFkec6Ihy+do="},
	{Version: "1.17.9", Sum: "h1:T51i7GZ08Oe1ruAiyd+rYT1iczsTrIq089xGgq6w/a8="},
	{Version: "1.20.6", Sum: "h1:2+Qe/CLcZ2WrXf9Vhf21JwZQqN8cVXPQskZzHf3KLjU="},
}

// Kinds are those that the library emits.
var Kinds = []string{"CephObjectRealm", "CephObjectStore", "CephObjectStoreUser", "CephObjectZone", "CephObjectZoneGroup", "ObjectBucketClaim"}

// Release is one release of Rook with the file of its definitions.
type Release struct {
	Version     string
	Definitions string
}

// Releases downloads what is missing and refuses sources that are not the pinned ones.
func Releases() ([]Release, error) {
	folders, err := modules.Folders(module, pins)
	if err != nil {
		return nil, err
	}
	found := make([]Release, len(pins))
	for i, pin := range pins {
		found[i] = Release{Version: pin.Version, Definitions: filepath.Join(folders[i], "deploy", "examples", "crds.yaml")}
	}
	return found, nil
}
