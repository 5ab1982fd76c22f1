// SPDX-License-Identifier: Apache-2.0
#include "props/cli/launch_papers.h"

#include <assert.h>
#include <stdlib.h>

#include "operator/deployment.h"
#include "props/cli/reading.h"
#include "props/cli/stage.h"
#include "tool/files.h"
#include "tool/nearest.h"

enum { ICON_LEN_MAX = 1 << 22 };

int launch_profile(struct profile *out, const struct options *given, size_t profile_row,
                   size_t set_row)
{
    struct reading_choice choice;
    int status = reading_read(&choice, given, profile_row, set_row);
    const char *spec = choice.spec == NULL ? "seed" : choice.spec;
    if (status == EXIT_PASSED && !profile_read(out, view_of_text(spec)))
        status = cli_refuse("there is no profile called ", spec, NULL);
    return status;
}

static const char *version_name_at(const void *table, size_t index)
{
    (void)table;
    return garden_version_name((enum garden_version)index);
}

int launch_garden_version(enum garden_version *out, const struct profile *profile, const char *list)
{
    struct view name = list == NULL ? profile_reading(profile, KEY_WG_LIST) : view_of_text(list);
    if (garden_version_find(out, name))
        return EXIT_PASSED;
    return list == NULL
               ? EXIT_FAULT
               : cli_refuse("there is no list of ", list,
                            nearest_word(list, version_name_at, NULL, GARDEN_VERSION_COUNT));
}

struct papers *papers_new(void)
{
    struct papers *papers = calloc(1, sizeof *papers);
    if (papers == NULL)
        return NULL;
    iccid_list_start(&papers->list);
    papers_open(papers);
    return papers;
}

void papers_free(struct papers *papers)
{
    if (papers == NULL)
        return;
    for (size_t i = 0; i < papers->block_count; i++)
        free(papers->blocks[i]);
    free(papers->icon);
    free(papers);
}

void papers_open(struct papers *papers)
{
    papers->out = BUF(papers->text);
    lint_open(&papers->lint, &papers->out);
}

// Keeps a block until the end; NULL stays NULL.
static void *keep(struct papers *papers, void *block)
{
    assert(papers->block_count < PAPERS_BLOCK_COUNT_MAX);
    if (block != NULL)
        papers->blocks[papers->block_count++] = block;
    return block;
}

bool papers_read(struct papers *papers, struct view *text, const char *path, size_t len_max)
{
    text->data = keep(papers, file_read(&text->len, path, len_max));
    return text->data != NULL;
}

// A CSV file and the space for its cells. It returns an exit status.
static int read_csv(struct papers *papers, struct view *text, char **space, const char *path)
{
    if (!papers_read(papers, text, path, CSV_TEXT_LEN_MAX))
        return EXIT_USAGE;
    *space = keep(papers, malloc(text->len + 1));
    return *space == NULL ? cli_out_of_memory() : EXIT_PASSED;
}

// An icon beside the COSA rows.
static bool read_icon(void *context, struct view *bytes, struct view name)
{
    struct papers *papers = context;
    char space[FILE_PATH_LEN_MAX];
    struct buf path = buf_of(space, sizeof space - 1);
    const char *slash = strrchr(papers->cosa_path, '/');
    const char *folder_end = slash == NULL ? papers->cosa_path : slash + 1;
    buf_put(&path, view_between(papers->cosa_path, folder_end));
    buf_put(&path, name);
    space[path.len] = '\0';
    free(papers->icon);
    papers->icon = path.overflow ? NULL : file_read(&bytes->len, space, ICON_LEN_MAX);
    bytes->data = papers->icon;
    return papers->icon != NULL;
}

int papers_cosa(struct papers *papers, const char *path, bool accepts_true)
{
    struct view text;
    char *space;
    int status = read_csv(papers, &text, &space, path);
    if (status != EXIT_PASSED)
        return status;
    papers->cosa_path = path;
    struct cosa_config config = {accepts_true, read_icon, papers};
    cosa_lint(&papers->lint, &papers->ranges, text, space, &config);
    return EXIT_PASSED;
}

int papers_ranges(struct papers *papers, const char *path)
{
    struct view text;
    char *space;
    const struct cosa_config config = {.accepts_true = true};
    int status = read_csv(papers, &text, &space, path);
    if (status != EXIT_PASSED)
        return status;
    cosa_lint(&papers->lint, &papers->ranges, text, space, &config);
    bool has_failed = papers->lint.counts[LINT_FAILED] != 0;
    papers_open(papers);
    if (has_failed)
        lint_put(&papers->lint,
                 &(struct lint_item){.grade = LINT_WARNING,
                                     .id = "COSA-3",
                                     .words = "the rows have faults, which balprobe launch cosa "
                                              "tells",
                                     .given = view_of_text(path)});
    return EXIT_PASSED;
}

int papers_add_iccids(struct papers *papers, const char *path)
{
    struct view text;
    if (!papers_read(papers, &text, path, ICCID_TEXT_LEN_MAX))
        return EXIT_USAGE;
    iccid_list_read(&papers->list, view_of_text(path), text);
    return EXIT_PASSED;
}

int papers_add_sims(struct papers *papers, const char *path, bool has_list)
{
    static const struct bp_deployment_config config = {.start_ms = 0};
    struct bp_fault fault;
    struct view text;
    void *space = keep(papers, malloc(bp_deployment_size()));
    if (space == NULL)
        return cli_out_of_memory();
    if (!papers_read(papers, &text, path, BP_JSON_LEN_MAX))
        return EXIT_USAGE;
    struct bp_deployment *deployment = bp_deployment_open(space, &fault, text, &config);
    if (deployment == NULL)
        return stage_refuse_inventory(path, &fault);
    const struct bp_inventory *inventory = &deployment->inventory;
    for (size_t i = 0; i < inventory->table.count; i++) {
        const struct bp_sim *sim = &inventory->table.sims[i];
        struct view role = view_first(view_of(sim->role, sizeof sim->role),
                                      view_index(view_of(sim->role, sizeof sim->role), '\0'));
        bool is_load = view_equal(role, VIEW("LOAD")) && !has_list;
        iccid_list_add(&papers->list, is_load ? ICCID_LOAD : ICCID_ROLE, role, 0,
                       bp_iccid_view(&sim->iccid));
    }
    for (size_t i = 0; i < inventory->absent_count; i++)
        iccid_list_add(&papers->list, ICCID_ABSENT, VIEW("absent"), 0,
                       bp_iccid_view(&inventory->absent[i].iccid));
    return EXIT_PASSED;
}

int papers_iccids(struct papers *papers, bool has_ranges)
{
    if (papers->list.count == 0)
        return cli_refuse("there is no ICCID to look at: name one, a file or --sims", "", NULL);
    iccid_list_lint(&papers->lint, &papers->list, has_ranges ? &papers->ranges : NULL);
    return EXIT_PASSED;
}

int papers_portal(struct papers *papers, const char *path)
{
    struct view text;
    char *space;
    int status = read_csv(papers, &text, &space, path);
    if (status != EXIT_PASSED)
        return status;
    portal_lint(&papers->lint, text, space);
    return EXIT_PASSED;
}
