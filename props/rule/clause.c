// SPDX-License-Identifier: Apache-2.0
#include "props/rule/clause.h"

#include "props/rule/families.h"

#include <assert.h>

const struct family *const families[] = {
    &path_family,  &method_family, &fields_family, &limit_family,       &location_family,
    &query_family, &header_family, &auth_family,   &transaction_family, &http_family,
    &body_family,  &error_family,  &type_family,   &zero_family,        &state_family,
    &rate_family,  &tls_family,
};
const size_t family_count = sizeof families / sizeof families[0];

size_t clause_count(void)
{
    size_t count = 0;
    for (size_t f = 0; f < family_count; f++)
        count += families[f]->clause_count;
    return count;
}

const struct clause *clause_at(size_t index)
{
    size_t family = 0;
    while (index >= families[family]->clause_count) {
        index -= families[family++]->clause_count;
        assert(family < family_count);
    }
    return &families[family]->clauses[index];
}

size_t clause_local_count(void)
{
    size_t count = 0;
    for (size_t i = clause_count(); i-- != 0;)
        count += !clause_at(i)->over_tls;
    return count;
}

size_t clause_find(struct view id)
{
    size_t count = clause_count();
    for (size_t i = 0; i < count; i++)
        if (view_equal_nocase(id, view_of_text(clause_at(i)->id)))
            return i;
    return count;
}

const struct clause *clause_of_program(unsigned program)
{
    for (size_t i = 0; i < clause_count(); i++)
        if (clause_at(i)->run != NULL && clause_at(i)->program == program)
            return clause_at(i);
    return NULL;
}
