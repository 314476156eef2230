package main

import (
	"os"
	"path/filepath"
	"strings"

	"cdk8s-velero.e2e/conformance/shared/manifest"
	"cdk8s-velero.e2e/conformance/shared/report"
	"cdk8s-velero.e2e/conformance/shared/strict"
	argocd "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/glob"
	"k8s.io/apimachinery/pkg/runtime"
)

// version is that of the code.
const version = "3.0.0"

// delivery is what the folder says about its own delivery.
type delivery struct {
	// folder is the output, which lies in the repository where the Applications say.
	folder       string
	applications []*argocd.Application
	projects     map[string]*argocd.AppProject
	sources      map[any]report.Source
}

// check reads what ArgoCD would read, and compares every other document with the Applications and their projects.
func check(folder string, documents []manifest.Document, found *report.Report) error {
	scheme := runtime.NewScheme()
	if err := argocd.AddToScheme(scheme); err != nil {
		return err
	}
	told := delivery{folder: folder, projects: map[string]*argocd.AppProject{}, sources: map[any]report.Source{}}
	own := map[string]bool{}
	for _, document := range documents {
		switch {
		case document.GVK.Group == argocd.SchemeGroupVersion.Group:
			own[document.Source.File] = true
			told.add(strict.Object(document, scheme, found), document)
		case document.GVK.Kind == "ConfigMap" && document.Source.Name == "argocd-cm":
			own[document.Source.File] = true
			checkSettings(document, found)
		}
	}
	told.check(found)
	for _, document := range documents {
		if len(told.applications) > 0 && !own[document.Source.File] {
			told.checkDelivered(document, found)
		}
	}
	return nil
}

func (told *delivery) add(object runtime.Object, document manifest.Document) {
	switch typed := object.(type) {
	case *argocd.Application:
		told.applications = append(told.applications, typed)
	case *argocd.AppProject:
		told.projects[typed.Name] = typed
	}
	told.sources[object] = document.Source
}

// check asks ArgoCD whether it takes the projects and the Applications.
func (told *delivery) check(found *report.Report) {
	for _, project := range told.projects {
		if err := project.ValidateProject(); err != nil {
			found.Add(told.sources[project].Problem("spec", "%v", err))
		}
		for _, window := range project.Spec.SyncWindows {
			if err := window.Validate(); err != nil {
				found.Add(told.sources[project].Problem("spec.syncWindows", "%v", err))
			}
		}
		if _, err := project.Spec.SyncWindows.Active(); err != nil {
			found.Add(told.sources[project].Problem("spec.syncWindows", "%v", err))
		}
	}
	for _, application := range told.applications {
		project, ok := told.projects[application.Spec.Project]
		if !ok {
			continue
		}
		if !project.IsSourcePermitted(application.Spec.GetSource()) {
			found.Add(told.sources[application].Problem("spec.source.repoURL", "got %q, which the project does not permit", application.Spec.GetSource().RepoURL))
		}
		told.checkNamespace(application, application.Spec.Destination.Namespace, told.sources[application], found)
	}
}

// checkDelivered wants one Application that takes the file of a document, and a project that permits what is in it.
func (told *delivery) checkDelivered(document manifest.Document, found *report.Report) {
	var taking []*argocd.Application
	for _, application := range told.applications {
		if told.takes(application, document.Source.File) {
			taking = append(taking, application)
		}
	}
	if len(taking) != 1 {
		found.Add(document.Source.Problem("", "%d Applications take its file, wanted one", len(taking)))
		return
	}
	project, ok := told.projects[taking[0].Spec.Project]
	if !ok {
		return
	}
	if !project.IsGroupKindPermitted(document.GVK.GroupKind(), document.Source.Namespace != "") {
		found.Add(document.Source.Problem("kind", "%s is not permitted in project %s", document.GVK.GroupKind(), project.Name))
	}
	if document.Source.Namespace != "" {
		told.checkNamespace(taking[0], document.Source.Namespace, document.Source, found)
	}
}

// takes asks what ArgoCD asks of a file: reposerver/repository/repository.go, getPotentiallyValidManifests.
func (told *delivery) takes(application *argocd.Application, file string) bool {
	source := application.Spec.GetSource()
	directory := source.Directory
	if directory == nil {
		directory = &argocd.ApplicationSourceDirectory{}
	}
	relative, err := filepath.Rel(filepath.Join(told.folder, told.belowOutput(source.Path, directory)), file)
	if err != nil || strings.HasPrefix(relative, "..") || (!directory.Recurse && strings.Contains(relative, "/")) {
		return false
	}
	return (directory.Include == "" || glob.Match(directory.Include, relative)) && (directory.Exclude == "" || !glob.Match(directory.Exclude, relative))
}

// belowOutput is where in the output a source begins: one without a pattern has a folder of it for itself.
func (told *delivery) belowOutput(path string, directory *argocd.ApplicationSourceDirectory) string {
	folder := filepath.Base(path)
	if directory.Include != "" || directory.Exclude != "" {
		return "."
	}
	if info, err := os.Stat(filepath.Join(told.folder, folder)); err != nil || !info.IsDir() {
		return "."
	}
	return folder
}

func (told *delivery) checkNamespace(application *argocd.Application, namespace string, source report.Source, found *report.Report) {
	project, ok := told.projects[application.Spec.Project]
	if !ok {
		return
	}
	destination := application.Spec.Destination
	cluster := &argocd.Cluster{Server: destination.Server, Name: destination.Name}
	permitted, err := project.IsDestinationPermitted(cluster, namespace, func(string) ([]*argocd.Cluster, error) { return nil, nil })
	if err != nil || !permitted {
		found.Add(source.Problem("metadata.namespace", "namespace %q is not permitted in project %s %s", namespace, project.Name, errorText(err)))
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimSpace(err.Error())
}
