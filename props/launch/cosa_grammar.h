// SPDX-License-Identifier: Apache-2.0
// What single COSA settings may look like.
#ifndef BP_PROPS_LAUNCH_COSA_GRAMMAR_H
#define BP_PROPS_LAUNCH_COSA_GRAMMAR_H

#include "base/view.h"

// cosa_is_query: the part of a URL from its first ? or # on, which bp_url_read does not take; it
// may be empty.
bool cosa_is_query(struct view text);

// cosa_is_icon_name: a relative path with slashes that stays within its folder.
bool cosa_is_icon_name(struct view name);

// cosa_is_app_id: PFN!AppId, where the package family name is a name, "_" and a publisher of 13
// letters and digits.
bool cosa_is_app_id(struct view text);

#endif
