# SPDX-License-Identifier: Apache-2.0
# What an implementer installs: the seam's header, the oracle, the mutator for both engines, seeds,
# a dictionary, and how CMake and pkg-config find them. `cmake --install build/release --prefix DIR`.
#
# The oracle is one object in which only the engine's entry point is visible, so that no name of
# ours meets one of the handler's. It is not instrumented: the handler's branches guide the engine.
include(GNUInstallDirs)

# merge puts what SYMBOLS need of the archives into one object, and hides everything else.
function(balprobe_merge name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SYMBOLS;OBJECTS;ARCHIVES")
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${name}.o)
  set(archive ${CMAKE_CURRENT_BINARY_DIR}/libbalprobe_${name}.a)
  list(TRANSFORM arg_SYMBOLS PREPEND --keep-global-symbol= OUTPUT_VARIABLE kept)
  list(TRANSFORM arg_ARCHIVES REPLACE "(.+)" "$<TARGET_FILE:\\1>" OUTPUT_VARIABLE archives)
  add_custom_command(OUTPUT ${archive}
    COMMAND ${CMAKE_LINKER} -r -o ${object} $<TARGET_OBJECTS:${arg_OBJECTS}>
            --start-group ${archives} --end-group
    COMMAND ${CMAKE_OBJCOPY} ${kept} ${object}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
    COMMAND ${CMAKE_AR} rcs ${archive} ${object}
    DEPENDS ${arg_OBJECTS} $<TARGET_OBJECTS:${arg_OBJECTS}> ${arg_ARCHIVES}
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(balprobe_${name}_archive ALL DEPENDS ${archive})
  install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

add_library(balprobe_oracle_objects OBJECT endpoint_target.c)
add_library(balprobe_libfuzzer_objects OBJECT mutate_libfuzzer.c)
target_link_libraries(balprobe_oracle_objects PRIVATE balprobe_props)
target_link_libraries(balprobe_libfuzzer_objects PRIVATE balprobe_props)
balprobe_merge(oracle SYMBOLS LLVMFuzzerTestOneInput balprobe_tour OBJECTS balprobe_oracle_objects
               ARCHIVES balprobe_props balprobe_core)
balprobe_merge(libfuzzer SYMBOLS LLVMFuzzerCustomMutator LLVMFuzzerCustomCrossOver
               OBJECTS balprobe_libfuzzer_objects
               ARCHIVES balprobe_mutate balprobe_props balprobe_core)
add_library(balprobe_replay STATIC driver.c)
target_link_libraries(balprobe_replay PRIVATE balprobe_core)

set(share ${CMAKE_INSTALL_DATADIR}/balprobe)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/balprobe)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libbalprobe_replay.a DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(FILES ${mutator} DESTINATION ${CMAKE_INSTALL_LIBDIR}/balprobe)
install(FILES endpoint.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/balprobe)
install(FILES handler.dict DESTINATION ${share} RENAME balprobe.dict)
install(FILES ${CMAKE_SOURCE_DIR}/corpus/sims.json DESTINATION ${share})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/corpus/trial ${CMAKE_SOURCE_DIR}/corpus/handler
        DESTINATION ${share}/seeds)

include(CMakePackageConfigHelpers)
configure_package_config_file(balprobeConfig.cmake.in balprobeConfig.cmake
  INSTALL_DESTINATION ${package} NO_CHECK_REQUIRED_COMPONENTS_MACRO
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR share)
write_basic_package_version_file(balprobeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file(balprobe.pc.in balprobe.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/balprobeConfig.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/balprobeConfigVersion.cmake DESTINATION ${package})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/balprobe.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
